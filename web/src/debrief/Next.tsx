// SPDX-License-Identifier: Apache-2.0
import type { Debrief, SessionView, Turn } from "../protocol";
import { to } from "../route";
import { noteKind } from "../words";

interface Props {
  debrief: Debrief;
  view: SessionView;
  numbers: Map<number, number>;
}

/** The latest message whose note offered another way to put it. */
function momentToTry(turns: Turn[]): Turn | null {
  const moments = turns.filter(
    (turn) => turn.kind === "say" && !turn.set_aside && noteKind(turn) === "consider" && turn.feedback?.alternative,
  );
  return moments[moments.length - 1] ?? null;
}

export function Next({ debrief, view, numbers }: Props) {
  const { next } = debrief;
  const moment = momentToTry(view.turns);
  return (
    <section class="card next" aria-labelledby="next-title">
      <h2 id="next-title">One thing to try next</h2>
      <p class="next-what">{next.what}</p>
      <p>{next.why}</p>
      {next.example && <p class="quote">{next.example}</p>}
      <ul class="plain links">
        {moment && (
          <li>
            <a class="button" href={to.talk(view.session, moment.turn)} data-testid="try-again">
              Try that moment again (message {numbers.get(moment.turn)})
            </a>
          </li>
        )}
        <li>
          <a href={to.brief(view.case.id)}>Start afresh with {view.case.character.name}</a>
        </li>
      </ul>
    </section>
  );
}
