// SPDX-License-Identifier: Apache-2.0
import { useContext } from "preact/hooks";
import type { Notes } from "../notes";
import { useObservable } from "../observable";
import type { SessionView } from "../protocol";
import { DisputingContext } from "../talk/disputing";
import { NotingContext } from "../talk/noting";
import { marked, text } from "../text";
import { endsOf, ownEstimate } from "./tries";

interface Props {
  view: SessionView;
  numbers: Map<number, number>;
}

/** What the trainee thought of this end, before the figures. */
export function OwnView(props: Props) {
  const notes = useContext(NotingContext);
  return notes && <Own {...props} notes={notes} />;
}

function Own({ view, numbers, notes }: Props & { notes: Notes }) {
  const { notes: kept } = useObservable(notes.state);
  const disputing = useContext(DisputingContext);
  const ends = endsOf(view.turns);
  const end = ends.find((turn) => !turn.set_aside);
  if (!end) return null;
  const went = ownEstimate(kept, "went", end, ends);
  if (went === "") return null;
  const skill = disputing?.techniques.find(({ id }) => id === ownEstimate(kept, "skill", end, ends))?.name.toLowerCase();
  const number = numbers.get(Number(ownEstimate(kept, "best", end, ends)));
  return (
    <p class="own-view" data-testid="own-view">
      <strong>{text("debrief.own.title")}</strong> {text("debrief.own.went", { went })}
      {skill && <> {marked("debrief.own.skill", { skill: (inside) => <span lang={view.case.language}>{inside}</span> }, { skill })}</>}
      {number !== undefined && ` ${text("debrief.own.best", { number })}`}
    </p>
  );
}
