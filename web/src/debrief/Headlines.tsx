// SPDX-License-Identifier: Apache-2.0
import { keep } from "../keep";
import type { Debrief } from "../protocol";
import { text } from "../text";
import { figure } from "./figures";
import { ShareBar } from "./ShareBar";
import { measureName, measureSource } from "./worded";

/** How much was told, and how much given back: what tells the most, at a glance. Where they come from is a tap away; what they mean is among all measures. */
const SHOWN = ["telling_share", "reflections"];

export function Headlines({ debrief }: { debrief: Debrief }) {
  const guess = debrief.ended_turn === null ? null : keep.guess(`${debrief.session}.${debrief.ended_turn}`);
  const headlines = debrief.measures.filter(({ id, of }) => SHOWN.includes(id) && of !== null && of > 0);
  if (headlines.length === 0) return null;
  return (
    <section aria-labelledby="headlines-title">
      <h2 id="headlines-title" class="unseen">
        {text("debrief.headlines.title")}
      </h2>
      <dl class="headlines">
        {headlines.map((measure) => (
          <div key={measure.id} class="headline" data-testid={`measure-${measure.id}`}>
            <dt>
              <details>
                <summary>
                  {measureName(measure)}
                  <span class="unseen">. {text("debrief.measures.whence")}</span>
                </summary>
                <p class="muted small">{text("debrief.measures.source", { source: measureSource(measure, debrief.case.mode) })}</p>
              </details>
            </dt>
            <dd>
              <span class="figure">{figure(measure, false).value}</span>
              <ShareBar count={measure.count} of={measure.of ?? 0} />
              {measure.id === "telling_share" && guess !== null && (
                <span class="muted small"> {text("debrief.headlines.guessed", { guess })}</span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
