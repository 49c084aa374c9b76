// SPDX-License-Identifier: Apache-2.0
import type { Debrief } from "../protocol";
import { to } from "../addresses";
import { text } from "../text";
import { BestReason } from "./BestReason";

interface Props {
  debrief: Debrief;
  numbers: Map<number, number>;
  until: number | null;
  /** The debrief of the try before. */
  before: Debrief | null;
}

export function Best({ debrief: { best, session, case: about }, numbers, until, before }: Props) {
  const number = best && numbers.get(best.turn);
  return (
    <section class="card best" aria-labelledby="best-title">
      <h2 id="best-title">{text("debrief.best.title")}</h2>
      {best ? (
        <>
          <p class="quote" dir="auto" lang={about.language}>
            {best.text}
          </p>
          {before?.best?.turn === best.turn && <p class="muted small">{text("debrief.best.as_before")}</p>}
          <details>
            <summary>{text("debrief.best.why")}</summary>
            <BestReason best={best} case={about} />
          </details>
          <p>
            <a href={to.debrief(session, best.turn, until ?? undefined)}>
              {number ? text("debrief.best.see_message", { number }) : text("debrief.best.see")}
            </a>
          </p>
        </>
      ) : (
        <p>{text("debrief.best.none")}</p>
      )}
    </section>
  );
}
