// SPDX-License-Identifier: Apache-2.0
import { useLate } from "../parts/late";
import type { SessionSummary } from "../protocol";
import { plural } from "../words";
import type { Series } from "./progress";

const loadPicture = () => import("./SkillPicture");

/** Shares of fewer than ten messages would say little: such conversations are in the table alone. */
export function Picture({ series, mode }: { series: Series; mode: SessionSummary["mode"] }) {
  const late = useLate(loadPicture);
  const short = series.points.filter((point) => point.value === null).length;
  return (
    <>
      {late === "failed" && <p class="muted">The picture could not be loaded. The table has the same figures.</p>}
      {late && late !== "failed" && <late.SkillPicture series={series} mode={mode} />}
      {short > 0 && (
        <p class="muted small">
          {plural(short, "conversation")} of fewer than ten messages: in the table only, as counts, because shares of so few
          would say little.
        </p>
      )}
    </>
  );
}
