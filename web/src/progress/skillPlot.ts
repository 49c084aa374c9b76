// SPDX-License-Identifier: Apache-2.0
// One measure over the weeks: a filled dot on a line for each conversation without notes, a hollow square on dashes for each with.
import uPlot from "uplot";
import { LANGUAGES, language } from "../language";
import type { Paint } from "../pictures/paint";
import type { Build } from "../pictures/Plot";
import { type Bands, lessIsMore, LINES } from "./bands";
import { columns, MOST_TIMES, valueWords } from "./chart";
import type { Series } from "./progress";
import { labels, thinned, weeks } from "./weeks";

const DOT = 9;
const SQUARE = 12;
/** About the width of "28 Sept" with room around it, in heights of a letter. */
const DATE = 4.5;
const IN_PERCENT = { top: 100, marks: [0, 25, 50, 75, 100], name: (mark: number) => valueWords("share", mark) };
const IN_TIMES = { top: MOST_TIMES, marks: [0, 1, 2, 3], name: (mark: number) => (mark === 0 ? "0" : valueWords("ratio", mark)) };

const squares: uPlot.Series.Points.PathBuilder = (plot, index, from, to) => {
  const path = new Path2D();
  const side = SQUARE * uPlot.pxRatio;
  for (let at = from; at <= to; at++) {
    const value = plot.data[index]?.[at];
    const time = plot.data[0][at];
    if (value == null || time === undefined) continue;
    path.rect(plot.valToPos(time, "x", true) - side / 2, plot.valToPos(value, "y", true) - side / 2, side, side);
  }
  return { stroke: path, fill: path };
};

/** Under everything else: the steady band. */
function ground({ ctx, bbox, valToPos }: uPlot, paint: Paint, bands: Bands, unit: number): void {
  const edge = valToPos(bands.steady * unit, "y", true);
  const [from, to] = lessIsMore(bands) ? [edge, bbox.top + bbox.height] : [bbox.top, edge];
  ctx.save();
  ctx.fillStyle = paint.colour("--strength-paper");
  ctx.fillRect(bbox.left, from, bbox.width, to - from);
  ctx.restore();
}

/** Over the grid: a line where each band begins, or at the one value that somebody named. */
function edges({ ctx, bbox, valToPos }: uPlot, paint: Paint, values: number[]): void {
  ctx.save();
  ctx.strokeStyle = paint.colour("--line-strong");
  ctx.lineWidth = uPlot.pxRatio;
  for (const value of values) {
    const y = Math.round(valToPos(value, "y", true)) + 0.5;
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
  }
  ctx.restore();
}

/** In the order of the columns: with notes, and over them without. */
function drawnAs({ colour }: Paint): uPlot.Series[] {
  const aided = { show: true, size: SQUARE, width: 2, fill: colour("--surface"), paths: squares, dash: [] };
  const alone = { show: true, size: DOT, fill: colour("--accent") };
  return [
    {},
    { spanGaps: true, stroke: colour("--guide"), width: 2, dash: [6, 4], points: aided },
    { spanGaps: true, stroke: colour("--accent"), width: 2, points: alone },
  ];
}

/** Null when nothing in the series may be shown as a share. */
export function skillPlot(series: Series, bands: Bands | null): Build | null {
  const data = columns(series);
  const [first, last] = [data[0][0], data[0][data[0].length - 1]];
  if (first === undefined || last === undefined) return null;
  const all = weeks(new Date(first * 1000), new Date(last * 1000));
  const seconds = (day: Date): number => day.getTime() / 1000;
  const [from, to] = [Math.min(...all.map(seconds)), Math.max(...all.map(seconds))];
  const { top, marks, name } = series.scale === "ratio" ? IN_TIMES : IN_PERCENT;
  const unit = series.scale === "ratio" ? 1 : 100;
  const named = LINES[series.id];
  const lines = (bands ? [bands.developing, bands.steady] : named ? [named.at] : []).map((value) => value * unit);
  return (paint, width) => {
    const { colour, font, size } = paint;
    const days = thinned(all, Math.max(2, Math.floor((width - 4 * size) / (DATE * size))));
    const names = labels(days, LANGUAGES[language.value].locale);
    const axis = { stroke: colour("--ink-soft"), font, border: { show: false } };
    const grid = { stroke: colour("--line"), width: 1 };
    const options: ReturnType<Build>["options"] = {
      padding: [DOT, 2 * size, 0, 0],
      scales: {
        x: { time: true, range: [from, to] },
        y: { range: [0, top] },
      },
      axes: [
        {
          ...axis,
          grid,
          ticks: { ...grid, size: 5 },
          size: (names.some((each) => each.includes("\n")) ? 3.4 : 2) * size,
          splits: () => days.map(seconds),
          values: () => names,
        },
        { ...axis, grid, ticks: { show: false }, size: 3.6 * size, splits: () => marks, values: () => marks.map(name) },
      ],
      series: drawnAs(paint),
      hooks: {
        drawClear: [(plot) => bands && ground(plot, paint, bands, unit)],
        drawAxes: [(plot) => edges(plot, paint, lines)],
      },
    };
    return { options, data };
  };
}
