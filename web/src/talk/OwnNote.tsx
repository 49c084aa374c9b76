// SPDX-License-Identifier: Apache-2.0
import { useContext } from "preact/hooks";
import type { Notes } from "../notes";
import { useObservable } from "../observable";
import { Choices } from "../settings/Choices";
import { text } from "../text";
import { NoteBox } from "./NoteBox";
import { NotingContext } from "./noting";

const MARKS = ["reflection", "supervision"] as const;

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
  const marks = MARKS.map((value) => ({ value, name: text(`talk.own_note.mark_${value}`) }));
  const there = [marks.find(({ value }) => value === mark)?.name, written ? text("talk.own_note.written") : null].filter(Boolean);
  const choose = (value: string): void => {
    notes.type(about, value);
    void notes.save(about);
  };
  return (
    <details class="own-note" data-testid="own-note">
      <summary>
        {there.join(" · ") || text("talk.own_note.none")}
        {number !== null && <span class="unseen"> {text("talk.own_note.of_message", { number })}</span>}
      </summary>
      <NoteBox about={`line.${turn}`} label={text("talk.own_note.label")} />
      <Choices
        testId={about}
        legend={text("talk.own_note.legend")}
        options={[{ value: "", name: text("talk.own_note.no_mark") }, ...marks]}
        chosen={mark}
        onChoose={choose}
      />
      {problem?.about === about && <p role="alert">{problem.text}</p>}
    </details>
  );
}
