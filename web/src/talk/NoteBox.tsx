// SPDX-License-Identifier: Apache-2.0
import type { ComponentChildren } from "preact";
import { useContext, useEffect, useId, useState } from "preact/hooks";
import { type Observable, useObservable } from "../observable";
import type { Notes, NotesState } from "../notes";
import { text } from "../text";
import { NotingContext } from "./noting";

const LONGEST = 2_000;

interface Props {
  about: string;
  /** What the box is for, when no question stands above it. */
  label: ComponentChildren;
  labelHidden?: boolean;
  rows?: number;
  /** A button for whoever wants to see it done: leaving the box keeps it all the same. What is said once it is kept. */
  keep?: { button: string; kept: string };
}

export function NoteBox(props: Props) {
  const notes = useContext(NotingContext);
  return notes && <Box {...props} notes={notes} state={notes.state} />;
}

function Box({ about, label, labelHidden, rows = 2, keep, notes, state }: Props & { notes: Notes; state: Observable<NotesState> }) {
  const { notes: kept, saving, problem } = useObservable(state);
  const [written, setWritten] = useState(notes.text(about));
  const id = useId();
  const stands = kept.find((note) => note.about === about)?.text ?? "";
  const busy = saving.includes(about);
  useEffect(() => setWritten(notes.text(about)), [stands]);

  const status = busy ? text("talk.note_box.saving") : written === stands && stands !== "" ? (keep?.kept ?? text("talk.note_box.saved")) : "";
  return (
    <div class="note-box" data-testid={`note-box-${about}`}>
      <label for={id} class={labelHidden ? "unseen" : ""}>
        {label}
      </label>
      <textarea
        id={id}
        rows={rows}
        dir="auto"
        maxLength={LONGEST}
        value={written}
        onInput={(event) => {
          setWritten(event.currentTarget.value);
          notes.type(about, event.currentTarget.value);
        }}
        onBlur={() => void notes.save(about)}
      />
      {keep && (
        <button type="button" class="secondary slim" onClick={() => void notes.save(about)}>
          {keep.button}
        </button>
      )}
      <p class="muted small note-box-state">
        <span role="status">{status}</span>
        {problem?.about === about && <span role="alert">{problem.text}</span>}
      </p>
    </div>
  );
}
