// SPDX-License-Identifier: Apache-2.0
import { useContext } from "preact/hooks";
import type { Notes } from "../notes";
import { useObservable } from "../observable";
import type { Note, SessionView } from "../protocol";
import { to } from "../addresses";
import { NotingContext } from "../talk/noting";
import { marked, text } from "../text";
import { Fold } from "./Fold";

interface Props {
  view: SessionView;
  numbers: Map<number, number>;
  until: number | null;
}

/** The moments that the trainee marked on the way. */
export function OwnMarks(props: Props) {
  const notes = useContext(NotingContext);
  return notes && <Marks {...props} notes={notes} />;
}

const turnOf = (note: Note): number => Number(note.about.slice("mark.".length));

function Marks({ view, numbers, until, notes }: Props & { notes: Notes }) {
  const { notes: kept } = useObservable(notes.state);
  const marks = kept
    .filter((note) => note.about.startsWith("mark.") && note.text !== "" && turnOf(note) <= view.turns.length)
    .sort((a, b) => turnOf(a) - turnOf(b));
  if (marks.length === 0) return null;
  const words = (note: Note) => {
    const moment = (inside: string) => <a href={to.debrief(view.session, turnOf(note), until ?? undefined)}>{inside}</a>;
    const number = numbers.get(turnOf(note));
    if (number === undefined) return marked("debrief.own.marked_aside", { moment }, { mark: note.text });
    return marked("debrief.own.marked", { moment }, { number, mark: note.text });
  };
  return (
    <Fold session={view.session} part="marks" title={text("debrief.own.marks")} gist={text("debrief.own.marks_gist", { count: marks.length })}>
      <ul class="plain links">
        {marks.map((note) => (
          <li key={note.about}>{words(note)}</li>
        ))}
      </ul>
    </Fold>
  );
}
