// SPDX-License-Identifier: Apache-2.0
import type { Debrief } from "../protocol";
import { figure } from "./figures";

export function Measures({ debrief }: { debrief: Debrief }) {
  return (
    <section aria-labelledby="measures-title">
      <h2 id="measures-title">All measures</h2>
      <p class="muted">None of them is a mark. They are evidence to think with, each with its meaning and where it comes from.</p>
      <ul class="plain measures">
        {debrief.measures.map((measure) => {
          const { value, share } = figure(measure, debrief.enough_for_shares);
          return (
            <li key={measure.id}>
              <details>
                <summary>
                  <span class="measure-name">{measure.name}</span>{" "}
                  <span class="measure-value">
                    {value}
                    {share && ` (${share})`}
                  </span>
                </summary>
                <p>{measure.meaning}</p>
                <p class="muted small">Source: {measure.source}</p>
              </details>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
