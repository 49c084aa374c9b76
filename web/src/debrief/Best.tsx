// SPDX-License-Identifier: Apache-2.0
import type { Debrief } from "../protocol";
import { to } from "../route";

interface Props {
  best: Debrief["best"];
  session: string;
  numbers: Map<number, number>;
}

export function Best({ best, session, numbers }: Props) {
  return (
    <section class="card best" aria-labelledby="best-title">
      <h2 id="best-title">Your best question</h2>
      {best ? (
        <>
          <p class="quote" dir="auto">
            {best.text}
          </p>
          <p>{best.reason}</p>
          <p>
            <a href={to.debrief(session, best.turn)}>
              See it in the conversation{numbers.has(best.turn) && ` (message ${numbers.get(best.turn)})`}
            </a>
          </p>
        </>
      ) : (
        <p>None stood out yet. An open question, short and about what was just said, is a good candidate.</p>
      )}
    </section>
  );
}
