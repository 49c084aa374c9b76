// SPDX-License-Identifier: Apache-2.0
import { useContext } from "preact/hooks";
import type { Notes } from "../notes";
import { useObservable } from "../observable";
import type { Debrief, SessionView, Turn } from "../protocol";
import { Compare } from "../talk/Compare";
import { NotingContext } from "../talk/noting";
import { list, text } from "../text";
import { figure } from "./figures";
import { brokeOff, endsOf, ownEstimate, type Parted } from "./tries";
import { wentWords } from "./went";
import { measureName } from "./worded";

export interface Try {
  debrief: Debrief;
  view: SessionView;
}

interface Props {
  before: Try;
  after: Try;
  parted: Parted;
  /** Which try `before` was, from 1. */
  number: number;
}

interface Row {
  name: string;
  then: string;
  now: string;
  /** Of what is in the language of the case. */
  lang?: (one: Try) => string | undefined;
}

/** What trying again changed: the end, one's own view, what was counted, and then what followed, message by message. */
export function TriesCompared(props: Props) {
  const notes = useContext(NotingContext);
  return notes && <Compared {...props} notes={notes} />;
}

function Compared({ before, after, parted, number, notes }: Props & { notes: Notes }) {
  const { notes: kept } = useObservable(notes.state);
  const ends = endsOf(after.view.turns);
  const went = ({ debrief: { ended_turn: turn } }: Try): string => {
    const end = ends.find((each: Turn) => each.turn === turn);
    const said = end ? ownEstimate(kept, "went", end, ends) : "";
    return said === "" ? text("debrief.tries.not_said") : wentWords(Number(said));
  };
  const counted = ({ debrief }: Try, wanted: string): string => {
    const found = debrief.measures.find(({ id }) => id === wanted);
    return found ? figure(found, false).value : "";
  };
  const { language } = after.debrief.case;
  const own: Row = { name: text("debrief.tries.own"), ...both(went) };
  const figures: Row[] = [
    { name: text("debrief.tries.ended"), ...both(({ debrief }) => debrief.ending?.title ?? text("debrief.tries.open")), lang: ({ debrief }) => (debrief.ending ? language : undefined) },
    ...before.debrief.measures.filter(({ headline }) => headline).map((measure) => ({ name: measureName(measure), ...both((one) => counted(one, measure.id)) })),
  ];
  // A try that breaks off sooner has had no time to come to the same.
  const rows = brokeOff(before, after) ? [own] : [...figures.slice(0, 1), own, ...figures.slice(1)];
  const changed = rows.filter(({ then, now }) => then !== now);
  const same = rows.filter(({ then, now }) => then === now);
  const followed = { before: parted.before.slice(1), after: parted.after.slice(1) };
  return (
    <section class="card tries-compared" aria-labelledby="tries-title" data-testid="tries-compared">
      <h2 id="tries-title">{text("debrief.tries.title")}</h2>
      <p class="muted small">
        {text("debrief.tries.lengths", { common: parted.common, then: before.debrief.messages, now: after.debrief.messages })}
      </p>
      {changed.length > 0 && (
        <table>
          <thead>
            <tr>
              <td />
              <th scope="col">{text("debrief.tries.try", { number })}</th>
              <th scope="col">{text("debrief.tries.again")}</th>
            </tr>
          </thead>
          <tbody>
            {changed.map(({ name, then, now, lang }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td lang={lang?.(before)}>{then}</td>
                <td lang={lang?.(after)}>{now}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {same.length > 0 && <p class="small">{text("debrief.tries.same", { what: list(same.map(({ name }) => name)) })}</p>}
      {followed.before.length + followed.after.length > 0 && (
        <details>
          <summary>{text("debrief.tries.followed")}</summary>
          <Compare {...followed} name={after.view.case.character.name} />
        </details>
      )}
    </section>
  );

  function both(of: (one: Try) => string): { then: string; now: string } {
    return { then: of(before), now: of(after) };
  }
}
