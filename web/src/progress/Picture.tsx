// SPDX-License-Identifier: Apache-2.0
import type { Series } from "./progress";

const WIDTH = 640;
const HEIGHT = 180;
const EDGE = { left: 62, right: 12, top: 10, bottom: 12 };

const x = (index: number, count: number): number =>
  EDGE.left + ((WIDTH - EDGE.left - EDGE.right) * (count === 1 ? 0.5 : index / (count - 1)));
const y = (value: number): number => EDGE.top + (HEIGHT - EDGE.top - EDGE.bottom) * (1 - value / 100);

/** One dot a conversation, in order; filled without notes while talking, hollow with. The table beside it says the same. */
export function Picture({ series }: { series: Series }) {
  const { points } = series;
  const at = points.map(({ value }, index) => `${x(index, points.length)},${y(value)}`);
  return (
    <svg class="picture" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" focusable="false">
      {[0, 50, 100].map((value) => (
        <g key={value}>
          <line class="picture-grid" x1={EDGE.left} x2={WIDTH - EDGE.right} y1={y(value)} y2={y(value)} />
          <text class="picture-scale" x={EDGE.left - 6} y={y(value) + 4} text-anchor="end">
            {value}%
          </text>
        </g>
      ))}
      <polyline class="picture-line" points={at.join(" ")} />
      {points.map((point, index) => (
        <circle
          key={point.session}
          class={point.aided ? "picture-dot aided" : "picture-dot"}
          cx={x(index, points.length)}
          cy={y(point.value)}
          r={6}
        />
      ))}
    </svg>
  );
}
