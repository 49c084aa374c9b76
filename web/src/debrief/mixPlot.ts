// SPDX-License-Identifier: Apache-2.0
// A lane for each kind of move, with its name above it, so that no kind is known by its colour alone.
import uPlot from "uplot";
import type { Paint } from "../pictures/paint";
import type { Build } from "../pictures/Plot";
import { text } from "../text";
import type { Family, Stretch } from "./stretches";

/** Bars take the lower part of a lane, its name the upper. */
const BAR = 0.6;
/** What is a column's own, and the widest that its bar gets, in pixels. */
const SHARE = 0.75;
const WIDEST = 26;

/** A number of messages between marks that people count by. */
function step(count: number, most: number): number {
  return [1, 2, 5, 10, 20, 50, 100].find((each) => count / each <= most) ?? 200;
}

function lanes(plot: uPlot, paint: Paint, names: string[]): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.font = paint.font.replace(/^\d+/, String(paint.size * uPlot.pxRatio));
  ctx.fillStyle = paint.colour("--ink");
  ctx.strokeStyle = paint.colour("--line-strong");
  ctx.lineWidth = uPlot.pxRatio;
  ctx.textAlign = "left";
  ctx.textBaseline = "bottom";
  names.forEach((name, index) => {
    const base = names.length - 1 - index;
    const ground = Math.round(plot.valToPos(base, "y", true)) + 0.5;
    ctx.beginPath();
    ctx.moveTo(bbox.left, ground);
    ctx.lineTo(bbox.left + bbox.width, ground);
    ctx.stroke();
    ctx.fillText(name, bbox.left, plot.valToPos(base + BAR, "y", true) - 2 * uPlot.pxRatio);
  });
  ctx.restore();
}

export function mixPlot(parts: Stretch[], families: { id: Family; name: string }[]): Build {
  const most = Math.max(1, ...parts.flatMap(({ counts }) => Object.values(counts)));
  const height = (lane: number, count: number): number | null =>
    count === 0 ? null : families.length - 1 - lane + (BAR * count) / most;
  const data: uPlot.AlignedData = [
    parts.map((_, index) => index),
    ...families.map(({ id }, lane) => parts.map(({ counts }) => height(lane, counts[id]))),
  ];
  return (paint, width) => {
    const each = step(parts.length, Math.floor(width / (3.5 * paint.size)));
    const marks = parts.map((_, index) => index).filter((index) => index === 0 || (index + 1) % each === 0);
    const options: ReturnType<Build>["options"] = {
      padding: [0, 0, 0, 0],
      scales: {
        x: { time: false, range: [-0.5, parts.length - 0.5] },
        y: { range: [0, families.length] },
      },
      axes: [
        {
          stroke: paint.colour("--ink-soft"),
          font: paint.font,
          size: 1.6 * paint.size,
          label: text("debrief.over_time.message"),
          labelFont: paint.font,
          labelSize: 1.5 * paint.size,
          labelGap: 0,
          grid: { show: false },
          ticks: { show: false },
          gap: 4,
          splits: () => marks,
          values: () => marks.map((index) => String(parts[index]?.from ?? "")),
        },
        { show: false },
      ],
      series: [
        {},
        ...families.map(({ id }, lane): uPlot.Series => ({
          fill: paint.colour(`--family-${id}`),
          fillTo: families.length - 1 - lane,
          width: 0,
          points: { show: false },
          ...(uPlot.paths.bars ? { paths: uPlot.paths.bars({ size: [SHARE, WIDEST] }) } : {}),
        })),
      ],
      hooks: { drawAxes: [(plot) => lanes(plot, paint, families.map(({ name }) => name))] },
    };
    return { options, data };
  };
}
