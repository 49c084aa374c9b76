// SPDX-License-Identifier: Apache-2.0
import type { Turn } from "../protocol";
import { to } from "../route";

interface Props {
  session: string;
  turns: Turn[];
  name: string;
}

export function Ended({ session, turns, name }: Props) {
  const ending = turns.find((turn) => turn.ended !== null && !turn.set_aside)?.ended;
  return (
    <section class="card ended" aria-labelledby="ended-title">
      <h2 id="ended-title">The conversation with {name} has ended</h2>
      {ending && <p>{ending.title}</p>}
      <p>
        <a class="button" href={to.debrief(session)} data-testid="to-debrief">
          See the debrief
        </a>
      </p>
    </section>
  );
}
