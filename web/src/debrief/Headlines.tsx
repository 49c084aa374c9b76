// SPDX-License-Identifier: Apache-2.0
import { keep } from "../keep";
import type { Debrief } from "../protocol";
import { figure } from "./figures";
import { ShareBar } from "./ShareBar";

export function Headlines({ debrief }: { debrief: Debrief }) {
  const guess = keep.guess(debrief.session);
  const headlines = debrief.measures.filter((measure) => measure.headline);
  return (
    <section aria-labelledby="headlines-title">
      <h2 id="headlines-title">First, three things that tell the most</h2>
      <ul class="plain headlines">
        {headlines.map((measure) => {
          const { value, share } = figure(measure, debrief.enough_for_shares);
          return (
            <li key={measure.id} class="card headline" data-testid={`measure-${measure.id}`}>
              <h3>{measure.name}</h3>
              <p class="figure">
                {value}
                {share && <span class="share"> {share}</span>}
              </p>
              {measure.id === "telling_share" && guess !== null && <p>You had guessed {guess}.</p>}
              {measure.of !== null && measure.of > 0 && <ShareBar count={measure.count} of={measure.of} />}
              <p>{measure.meaning}</p>
            </li>
          );
        })}
      </ul>
      {!debrief.enough_for_shares && (
        <p class="muted small">Fewer than ten messages: counts only, because shares of so few would say little.</p>
      )}
    </section>
  );
}
