// SPDX-License-Identifier: Apache-2.0
import { useContext } from "preact/hooks";
import type { Notes } from "../notes";
import { useObservable } from "../observable";
import { Choices } from "../settings/Choices";
import { marked, text } from "../text";
import { MessageName } from "./messageName";
import { NoteBox } from "./NoteBox";
import { NotingContext } from "./noting";
import { unseen } from "./unseen";

const MARKS = ["reflection", "supervision"] as const;

/** What the trainee writes about a moment of their own accord, and the mark that finds it again. */
export function OwnNote({ turn }: { turn: number }) {
  const notes = useContext(NotingContext);
  return notes && <Own notes={notes} turn={turn} />;
}

function Own({ notes, turn }: { notes: Notes; turn: number }) {
  const message = useContext(MessageName);
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
    <details
      class="own-note"
      data-testid="own-note"
      onToggle={({ currentTarget }) => currentTarget.open && currentTarget.scrollIntoView({ block: "nearest" })}
    >
      <summary>
        {there.join(" · ") || text("talk.own_note.none")}
        <span class="unseen"> ({message})</span>
      </summary>
      <NoteBox about={`line.${turn}`} label={marked("talk.own_note.label", { unseen }, { message })} />
      <Choices
        testId={about}
        legend={marked("talk.own_note.legend", { unseen }, { message })}
        options={[{ value: "", name: text("talk.own_note.no_mark") }, ...marks]}
        chosen={mark}
        onChoose={choose}
      />
      {problem?.about === about && <p role="alert">{problem.text}</p>}
    </details>
  );
}
