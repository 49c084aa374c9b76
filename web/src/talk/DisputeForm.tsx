// SPDX-License-Identifier: Apache-2.0
import { useState } from "preact/hooks";
import type { Dispute, Label, Technique } from "../protocol";
import { characterCount } from "../spans";

interface Props {
  /** Sets the ids of its fields apart from those of other forms. */
  id: string;
  label: Label;
  techniques: Technique[];
  /** What was said before. */
  dispute: Dispute | null;
  onSend: (technique: string | null, note: string) => void;
  onCancel: () => void;
}

const LONGEST = 1_000;
const COUNT_FROM = 800;

const FAMILIES: { id: Technique["family"]; name: string }[] = [
  { id: "question", name: "Asking" },
  { id: "reflection", name: "Giving back what you heard" },
  { id: "input", name: "Bringing something in" },
  { id: "other", name: "Holding the conversation" },
];

/** What would you call it, and why? In the margin, not in the way. */
export function DisputeForm({ id, label, techniques, dispute, onSend, onCancel }: Props) {
  const [technique, setTechnique] = useState(dispute?.technique ?? "");
  const [note, setNote] = useState(dispute?.note ?? "");
  const count = characterCount(note);
  const tooLong = count > LONGEST;
  const meaning = techniques.find((each) => each.id === technique)?.meaning ?? null;

  return (
    <form
      class="dispute-form"
      data-testid="dispute-form"
      aria-label={`Your view of the label ${label.name}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (!tooLong) onSend(technique === "" ? null : technique, note.trim());
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onCancel();
      }}
    >
      <label for={`dispute-technique-${id}`}>What would you call it?</label>
      <select
        id={`dispute-technique-${id}`}
        data-testid="dispute-technique"
        aria-describedby={`dispute-meaning-${id}`}
        value={technique}
        onChange={(event) => setTechnique(event.currentTarget.value)}
      >
        <option value="">Something else, or not sure</option>
        {FAMILIES.map((family) => (
          <optgroup key={family.id} label={family.name}>
            {techniques
              .filter((each) => each.family === family.id && each.id !== label.technique)
              .map((each) => (
                <option key={each.id} value={each.id}>
                  {each.name}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
      <p class="muted small" id={`dispute-meaning-${id}`} aria-live="polite">
        {meaning}
      </p>
      <label for={`dispute-note-${id}`}>Why, if you like</label>
      <textarea
        id={`dispute-note-${id}`}
        data-testid="dispute-note"
        rows={3}
        dir="auto"
        aria-invalid={tooLong}
        aria-describedby={`dispute-help-${id}`}
        value={note}
        onInput={(event) => setNote(event.currentTarget.value)}
      />
      <p class={tooLong ? "small over" : "muted small"} id={`dispute-help-${id}`} role="status">
        {count >= COUNT_FROM ? `${count} of ${LONGEST} characters${tooLong ? ". Please shorten it before sending." : ""}` : ""}
      </p>
      <p class="dissent-actions">
        <button type="submit" class={tooLong ? "slim idle" : "slim"} data-testid="dispute-send">
          Send
        </button>
        <button type="button" class="secondary slim" onClick={onCancel}>
          Cancel
        </button>
      </p>
      <p class="muted small">
        The label and the figures stay as they are. Trainers here can read this moment, your note and what was said before.
      </p>
    </form>
  );
}
