// SPDX-License-Identifier: Apache-2.0
// Comes with the chart library, after the table, which says the same.
import { useMemo } from "preact/hooks";
import { Plot } from "../pictures/Plot";
import { text } from "../text";
import { FAMILIES, familyName } from "./families";
import { mixPlot } from "./mixPlot";
import { type Stretch, total } from "./stretches";

const countWords = (parts: Stretch[]): string => text("debrief.over_time.counts", total(parts));

/** Where in the conversation what was done: its two halves, in numbers. */
function halves(parts: Stretch[]): string {
  const middle = Math.ceil(parts.length / 2);
  return text("debrief.over_time.halves", { first: countWords(parts.slice(0, middle)), second: countWords(parts.slice(middle)) });
}

export function MixPicture({ parts }: { parts: Stretch[] }) {
  const build = useMemo(() => mixPlot(parts, FAMILIES.map((id) => ({ id, name: familyName(id) }))), [parts]);
  return (
    <figure class="picture">
      <Plot kind="mix" build={build} />
      <figcaption>
        {halves(parts)} <span class="muted small">{text("debrief.over_time.taller")}</span>
      </figcaption>
    </figure>
  );
}
