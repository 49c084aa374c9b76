// SPDX-License-Identifier: Apache-2.0
import { useContext } from "preact/hooks";
import type { Notes } from "../notes";
import { useObservable } from "../observable";
import { Choices } from "../settings/Choices";
import { NoteBox } from "./NoteBox";
import { NotingContext } from "./noting";

const MARKS = [
  { value: "", name: "No mark" },
  { value: "reflection", name: "For my reflection" },
  { value: "supervision", name: "For supervision" },
];

/** What the trainee writes about a moment of their own accord, and the mark that finds it again. */
export function OwnNote({ turn, number }: { turn: number; number: number | null }) {
  const notes = useContext(NotingContext);
  return notes && <Own notes={notes} turn={turn} number={number} />;
}

function Own({ notes, turn, number }: { notes: Notes; turn: number; number: number | null }) {
  const { notes: kept, problem } = useObservable(notes.state);
  const about = `mark.${turn}`;
  const mark = notes.text(about);
  const written = kept.some((note) => note.about === `line.${turn}` && note.text !== "");
  const marked = MARKS.find(({ value }) => value !== "" && value === mark)?.name;
  const choose = (value: string): void => {
    notes.type(about, value);
    void notes.save(about);
  };
  return (
    <details class="own-note" data-testid="own-note">
      <summary>
        {[marked, written ? "Your note" : null].filter(Boolean).join(" · ") || "Note or mark"}
        {number !== null && <span class="unseen"> (message {number})</span>}
      </summary>
      <NoteBox about={`line.${turn}`} label="Your note on this moment; the note and the mark go into your transcript" />
      <Choices testId={about} legend="Mark this moment" options={MARKS} chosen={mark} onChoose={choose} />
      {problem?.about === about && <p role="alert">{problem.text}</p>}
    </details>
  );
}
