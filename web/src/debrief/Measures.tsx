// SPDX-License-Identifier: Apache-2.0
import type { Debrief } from "../protocol";
import { text } from "../text";
import { figure } from "./figures";
import { Fold } from "./Fold";
import { measureMeaning, measureName, measureSource } from "./worded";

export function Measures({ debrief }: { debrief: Debrief }) {
  const { measures, session } = debrief;
  return (
    <Fold session={session} part="measures" title={text("debrief.measures.title")} gist={text("debrief.measures.gist", { count: measures.length })}>
      <p class="muted">{text("debrief.measures.lead")}</p>
      {!debrief.enough_for_shares && <p class="muted">{text("debrief.headlines.few")}</p>}
      <ul class="plain measures">
        {measures.map((measure) => {
          const { value, share } = figure(measure, debrief.enough_for_shares);
          return (
            <li key={measure.id}>
              <h3>
                <span class="measure-name">{measureName(measure)}</span>{" "}
                <span class="measure-value">
                  {value}
                  {share && ` (${share})`}
                </span>
              </h3>
              <p>{measureMeaning(measure, debrief.case)}</p>
              <details>
                <summary class="small">{text("debrief.measures.whence")}</summary>
                <p class="muted small">{text("debrief.measures.source", { source: measureSource(measure, debrief.case.mode) })}</p>
              </details>
            </li>
          );
        })}
      </ul>
    </Fold>
  );
}
