// SPDX-License-Identifier: Apache-2.0
import { text } from "../text";
import { type Bands, lessIsMore, LINES } from "./bands";
import { shown, valueWords } from "./chart";
import type { Series } from "./progress";

/** What the dots, lines and bands of a picture stand for, told by their shapes as well as by their colours. */
export function SkillKey({ series, bands }: { series: Series; bands: Bands | null }) {
  const points = shown(series);
  const words = (value: number): string => valueWords(series.scale, series.scale === "ratio" ? value : 100 * value);
  const side = bands && lessIsMore(bands) ? "most" : "least";
  const line = LINES[series.id];
  return (
    <ul class="picture-key" aria-label={text("progress.key.title")}>
      {points.some((point) => !point.aided) && (
        <li class="key-alone">
          <svg viewBox="0 0 40 16" aria-hidden="true">
            <path class="key-line" d="M0 8H40" />
            <circle class="key-dot" cx="20" cy="8" r="5" />
          </svg>
          {text("progress.key.alone")}
        </li>
      )}
      {points.some((point) => point.aided) && (
        <li class="key-aided">
          <svg viewBox="0 0 40 16" aria-hidden="true">
            <path class="key-line" d="M0 8H40" />
            <rect class="key-dot" x="15.5" y="3.5" width="9" height="9" />
          </svg>
          {text("progress.key.aided")}
        </li>
      )}
      {bands && (
        <>
          <li class="key-steady">
            <Zone />
            {text("progress.key.steady", { side, value: words(bands.steady) })}
          </li>
          <li class="key-developing">
            <Zone />
            {text("progress.key.developing", { side, value: words(bands.developing) })}
          </li>
        </>
      )}
      {line && (
        <li class="key-developing">
          <svg viewBox="0 0 40 16" aria-hidden="true">
            <path class="key-zone-edge" d="M0 8H40" />
          </svg>
          {text(line.name)}
        </li>
      )}
    </ul>
  );
}

function Zone() {
  return (
    <svg viewBox="0 0 40 16" aria-hidden="true">
      <rect class="key-zone" x="0" y="0" width="40" height="16" />
      <path class="key-zone-edge" d="M0 0.5H40M0 15.5H40" />
    </svg>
  );
}
