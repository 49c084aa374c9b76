// SPDX-License-Identifier: Apache-2.0
// Comes with the chart library, after the table, which says the same.
import { useMemo } from "preact/hooks";
import { Plot } from "../pictures/Plot";
import { FAMILIES, ORDER } from "./Mix";
import { type Counts, type Family, type Stretch, total } from "./stretches";
import { mixPlot } from "./mixPlot";

const families = ORDER.map((id) => ({ id: id as Family, name: FAMILIES[id] ?? id }));

function countWords(counts: Counts): string {
  return families.map(({ id, name }) => `${name.toLowerCase()} ${counts[id] === 0 ? "none" : counts[id]}`).join(", ");
}

/** Where in the conversation what was done: its two halves, in numbers. */
function halves(parts: Stretch[]): string {
  const middle = Math.ceil(parts.length / 2);
  return `First half: ${countWords(total(parts.slice(0, middle)))}. Second half: ${countWords(total(parts.slice(middle)))}.`;
}

export function MixPicture({ parts }: { parts: Stretch[] }) {
  const build = useMemo(() => mixPlot(parts, families), [parts]);
  return (
    <figure class="picture">
      <Plot kind="mix" build={build} />
      <figcaption>
        {halves(parts)} <span class="muted small">The taller a bar, the more of its kind at that place.</span>
      </figcaption>
    </figure>
  );
}
