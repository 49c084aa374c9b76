// SPDX-License-Identifier: Apache-2.0
import { useContext, useState } from "preact/hooks";
import { characterCount } from "../characters";
import type { DisputeDraft } from "../keptDisputes";
import type { Dispute, Label, Technique } from "../protocol";
import { marked, text } from "../text";
import { CaseLanguage } from "./caseLanguage";
import { MessageName } from "./messageName";
import { unseen } from "./unseen";

interface Props {
  /** Sets the ids of its fields apart from those of other forms. */
  id: string;
  label: Label;
  techniques: Technique[];
  /** What was said before. */
  dispute: Dispute | null;
  /** What was half typed the last time. */
  draft: DisputeDraft | null;
  onDraft: (draft: DisputeDraft) => void;
  onSend: (technique: string | null, note: string) => void;
  /** Goes away and keeps what is typed. */
  onFold: () => void;
  onCancel: () => void;
}

const LONGEST = 1_000;
const COUNT_FROM = 800;

const FAMILIES = ["question", "reflection", "input", "other"] as const;

/** What would you call it, and why? In the margin, not in the way. */
export function DisputeForm({ id, label, techniques, dispute, draft, onDraft, onSend, onFold, onCancel }: Props) {
  const [{ technique, note }, setTyped] = useState(draft ?? { technique: dispute?.technique ?? "", note: dispute?.note ?? "" });
  const type = (change: Partial<DisputeDraft>): void => {
    const typed = { technique, note, ...change };
    setTyped(typed);
    onDraft(typed);
  };
  const language = useContext(CaseLanguage);
  const message = useContext(MessageName);
  const count = characterCount(note);
  const tooLong = count > LONGEST;
  const length = { count: String(count), longest: String(LONGEST) };
  const meaning = techniques.find((each) => each.id === technique)?.meaning ?? null;

  return (
    <form
      class="dispute-form"
      data-testid="dispute-form"
      aria-label={text("talk.dispute.title", { technique: label.name, message })}
      onSubmit={(event) => {
        event.preventDefault();
        if (!tooLong) onSend(technique === "" ? null : technique, note.trim());
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onFold();
      }}
    >
      <label for={`dispute-technique-${id}`}>{text("talk.dispute.technique")}</label>
      <select
        id={`dispute-technique-${id}`}
        data-testid="dispute-technique"
        aria-describedby={`dispute-meaning-${id}`}
        value={technique}
        onChange={(event) => type({ technique: event.currentTarget.value })}
      >
        <option value="">{text("talk.dispute.something_else")}</option>
        {FAMILIES.map((family) => (
          <optgroup key={family} label={text(`talk.dispute.family_${family}`)}>
            {techniques
              .filter((each) => each.family === family && each.id !== label.technique)
              .map((each) => (
                <option key={each.id} value={each.id} lang={language}>
                  {each.name}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
      <p class="muted small" id={`dispute-meaning-${id}`} aria-live="polite" lang={language}>
        {meaning}
      </p>
      <label for={`dispute-note-${id}`}>{text("talk.dispute.why")}</label>
      <textarea
        id={`dispute-note-${id}`}
        data-testid="dispute-note"
        rows={3}
        dir="auto"
        aria-invalid={tooLong}
        aria-describedby={`dispute-help-${id}`}
        value={note}
        onInput={(event) => type({ note: event.currentTarget.value })}
      />
      <p class={tooLong ? "small over" : "muted small"} id={`dispute-help-${id}`} role="status">
        {tooLong ? text("talk.length.too_long", length) : count >= COUNT_FROM ? text("talk.length.so_far", length) : ""}
      </p>
      <p class="muted small">{text("talk.dispute.who_reads")}</p>
      <p class="dissent-actions">
        <button type="submit" class={tooLong ? "slim idle" : "slim"} data-testid="dispute-send">
          {marked("talk.dispute.send", { unseen }, { message })}
        </button>
        <button type="button" class="secondary slim" onClick={onCancel}>
          {marked("talk.dispute.cancel", { unseen }, { message })}
        </button>
      </p>
    </form>
  );
}
