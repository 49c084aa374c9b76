// SPDX-License-Identifier: Apache-2.0
import { useContext } from "preact/hooks";
import type { Notes } from "../notes";
import { useObservable } from "../observable";
import type { Note, SessionView } from "../protocol";
import { to } from "../route";
import { DisputingContext } from "../talk/disputing";
import { NotingContext } from "../talk/noting";
import { marked, text } from "../text";

interface Props {
  view: SessionView;
  numbers: Map<number, number>;
}

/** What the trainee thought before the figures, and the moments that they marked on the way. */
export function OwnView(props: Props) {
  const notes = useContext(NotingContext);
  return notes && <Own {...props} notes={notes} />;
}

function Own({ view, numbers, notes }: Props & { notes: Notes }) {
  const { notes: kept } = useObservable(notes.state);
  const written = (about: string): string => kept.find((note) => note.about === about)?.text ?? "";
  const went = written("self.went");
  const disputing = useContext(DisputingContext);
  const skill = disputing?.techniques.find(({ id }) => id === written("self.skill"))?.name.toLowerCase();
  const number = numbers.get(Number(written("self.best")));
  const marks = kept
    .filter(({ about, text: mark }) => about.startsWith("mark.") && mark !== "")
    .sort((a, b) => turnOf(a) - turnOf(b));
  if (went === "" && marks.length === 0) return null;
  return (
    <section class="card own-view" aria-labelledby="own-title" data-testid="own-view">
      <h2 id="own-title">{text("debrief.own.title")}</h2>
      {went !== "" && (
        <p>
          {text("debrief.own.went", { went })}
          {skill && <> {marked("debrief.own.skill", { skill: (inside) => <span lang={view.case.language}>{inside}</span> }, { skill })}</>}
          {number !== undefined && ` ${text("debrief.own.best", { number })}`}
        </p>
      )}
      {marks.length > 0 && (
        <ul class="plain links">
          {marks.map((note) => (
            <li key={note.about}>
              <Marked note={note} session={view.session} number={numbers.get(turnOf(note)) ?? null} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Marked({ note, session, number }: { note: Note; session: string; number: number | null }) {
  const moment = (inside: string) => <a href={to.debrief(session, turnOf(note))}>{inside}</a>;
  const mark = note.text;
  if (number === null) return <>{marked("debrief.own.marked_aside", { moment }, { mark })}</>;
  return <>{marked("debrief.own.marked", { moment }, { number, mark })}</>;
}

function turnOf(note: Note): number {
  return Number(note.about.slice("mark.".length));
}
