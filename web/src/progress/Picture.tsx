// SPDX-License-Identifier: Apache-2.0
import { useLate } from "../parts/late";
import type { SessionSummary } from "../protocol";
import { text } from "../text";
import type { Series } from "./progress";

const loadPicture = () => import("./SkillPicture");

/** Shares of fewer than ten messages would say little: such conversations are in the table alone. */
export function Picture({ series, mode }: { series: Series; mode: SessionSummary["mode"] }) {
  const late = useLate(loadPicture);
  const short = series.points.filter((point) => point.value === null).length;
  return (
    <>
      {late === "failed" && <p class="muted">{text("progress.picture.failed")}</p>}
      {late && late !== "failed" && <late.SkillPicture series={series} mode={mode} />}
      {short > 0 && (
        <p class="muted small">{text("progress.picture.short", { count: short })}</p>
      )}
    </>
  );
}
