// SPDX-License-Identifier: Apache-2.0
import { keep } from "../keep";
import type { Debrief } from "../protocol";
import { text } from "../text";
import { figure } from "./figures";
import { ShareBar } from "./ShareBar";
import { measureMeaning, measureName } from "./worded";

export function Headlines({ debrief }: { debrief: Debrief }) {
  const guess = keep.guess(debrief.session);
  const headlines = debrief.measures.filter((measure) => measure.headline);
  return (
    <section aria-labelledby="headlines-title">
      <h2 id="headlines-title">{text("debrief.headlines.title")}</h2>
      <ul class="plain headlines">
        {headlines.map((measure) => {
          const { value, share } = figure(measure, debrief.enough_for_shares);
          return (
            <li key={measure.id} class="card headline" data-testid={`measure-${measure.id}`}>
              <h3>{measureName(measure)}</h3>
              <p class="figure">
                {value}
                {share && <span class="share"> {share}</span>}
              </p>
              {measure.id === "telling_share" && guess !== null && <p>{text("debrief.headlines.guessed", { guess })}</p>}
              {measure.of !== null && measure.of > 0 && <ShareBar count={measure.count} of={measure.of} />}
              <p>{measureMeaning(measure, debrief.case)}</p>
            </li>
          );
        })}
      </ul>
      {!debrief.enough_for_shares && (
        <p class="muted small">{text("debrief.headlines.few")}</p>
      )}
    </section>
  );
}
