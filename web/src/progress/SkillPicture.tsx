// SPDX-License-Identifier: Apache-2.0
// Comes with the chart library, when a page has something to draw.
import { useMemo } from "preact/hooks";
import { Plot } from "../pictures/Plot";
import type { SessionSummary } from "../protocol";
import { bandsOf } from "./bands";
import { summary } from "./chart";
import type { Series } from "./progress";
import { SkillKey } from "./SkillKey";
import { skillPlot } from "./skillPlot";

export function SkillPicture({ series, mode }: { series: Series; mode: SessionSummary["mode"] }) {
  const bands = bandsOf(series.id, mode);
  const build = useMemo(() => skillPlot(series, bands), [series, bands]);
  if (!build) return null;
  return (
    <figure class="picture">
      <Plot kind="skill" build={build} />
      <SkillKey series={series} bands={bands} />
      <figcaption>{summary(series)}</figcaption>
    </figure>
  );
}
