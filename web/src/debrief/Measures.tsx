// SPDX-License-Identifier: Apache-2.0
import type { Debrief } from "../protocol";
import { text } from "../text";
import { figure } from "./figures";
import { measureMeaning, measureName, measureSource } from "./worded";

export function Measures({ debrief }: { debrief: Debrief }) {
  return (
    <section aria-labelledby="measures-title">
      <h2 id="measures-title">{text("debrief.measures.title")}</h2>
      <p class="muted">{text("debrief.measures.lead")}</p>
      <ul class="plain measures">
        {debrief.measures.map((measure) => {
          const { value, share } = figure(measure, debrief.enough_for_shares);
          return (
            <li key={measure.id}>
              <details>
                <summary>
                  <span class="measure-name">{measureName(measure)}</span>{" "}
                  <span class="measure-value">
                    {value}
                    {share && ` (${share})`}
                  </span>
                </summary>
                <p>{measureMeaning(measure, debrief.case)}</p>
                <p class="muted small">{text("debrief.measures.source", { source: measureSource(measure, debrief.case.mode) })}</p>
              </details>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
