// SPDX-License-Identifier: Apache-2.0
import { useContext } from "preact/hooks";
import type { Notes } from "../notes";
import { useObservable } from "../observable";
import type { Debrief, SessionView, Turn } from "../protocol";
import { Compare } from "../talk/Compare";
import { NotingContext } from "../talk/noting";
import { text } from "../text";
import { figure } from "./figures";
import { endsOf, ownEstimate, partedAt } from "./tries";
import { wentWords } from "./went";
import { measureName } from "./worded";

export interface Try {
  debrief: Debrief;
  view: SessionView;
}

interface Props {
  before: Try;
  after: Try;
  /** Which try `before` was, from 1. */
  number: number;
}

/** What trying again changed: the end, one's own view, what was counted, and then message by message. */
export function TriesCompared(props: Props) {
  const notes = useContext(NotingContext);
  return notes && <Compared {...props} notes={notes} />;
}

function Compared({ before, after, number, notes }: Props & { notes: Notes }) {
  const { notes: kept } = useObservable(notes.state);
  const ends = endsOf(after.view.turns);
  const went = ({ debrief: { ended_turn: turn } }: Try): string => {
    const end = ends.find((each: Turn) => each.turn === turn);
    const said = end ? ownEstimate(kept, "went", end, ends) : "";
    return said === "" ? text("debrief.tries.not_said") : wentWords(Number(said));
  };
  const parted = partedAt(before.view, after.view);
  const counted = before.debrief.measures.filter(({ headline }) => headline);
  return (
    <section class="card tries-compared" aria-labelledby="tries-title" data-testid="tries-compared">
      <h2 id="tries-title">{text("debrief.tries.title")}</h2>
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">{text("debrief.tries.try", { number })}</th>
            <th scope="col">{text("debrief.tries.again")}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{text("debrief.tries.ended")}</th>
            <Ending of={before} />
            <Ending of={after} />
          </tr>
          <tr>
            <th scope="row">{text("debrief.tries.own")}</th>
            <td>{went(before)}</td>
            <td>{went(after)}</td>
          </tr>
          {counted.map((measure) => (
            <tr key={measure.id}>
              <th scope="row">{measureName(measure)}</th>
              <td>{figure(measure, false).value}</td>
              <td>{after.debrief.measures.filter(({ id }) => id === measure.id).map((now) => figure(now, false).value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <details>
        <summary>{text("debrief.tries.beside")}</summary>
        <Compare before={parted.before} after={parted.after} name={after.view.case.character.name} />
      </details>
    </section>
  );
}

function Ending({ of: { debrief } }: { of: Try }) {
  return debrief.ending ? <td lang={debrief.case.language}>{debrief.ending.title}</td> : <td>{text("debrief.tries.open")}</td>;
}
