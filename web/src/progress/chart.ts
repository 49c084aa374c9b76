// SPDX-License-Identifier: Apache-2.0
// A series as columns for a chart, and as one sentence for whoever does not see it.
import { number, text } from "../text";
import type { Point, Series } from "./progress";

export type Columns = [times: number[], aided: (number | null)[], alone: (number | null)[]];

/** The most that the axis of a ratio shows; what is above stands at its edge. */
export const MOST_TIMES = 3;

interface Shown extends Point {
  value: number;
}

export function shown(series: Series): Shown[] {
  return series.points.filter((point): point is Shown => point.value !== null);
}

/** In seconds, as time goes; those with notes while talking apart from those without, which are drawn over them. */
export function columns(series: Series): Columns {
  const points = shown(series);
  const values = (aided: boolean): (number | null)[] =>
    points.map((point) => (point.aided === aided ? Math.min(point.value, series.scale === "ratio" ? MOST_TIMES : 100) : null));
  return [points.map((point) => Date.parse(point.at) / 1000), values(true), values(false)];
}

/** A share as "25%", a ratio as "0.5 to 1". */
export function valueWords(scale: Series["scale"], value: number): string {
  return scale === "ratio" ? text("progress.value.ratio", { value: number(value, 1) }) : text("progress.value.share", { value: number(value) });
}

function groupWords(scale: Series["scale"], points: Shown[]): string {
  const words = (value: number): string => valueWords(scale, value);
  const values = points.map(({ value }) => value);
  const [least, most, latest] = [Math.min(...values), Math.max(...values), values[values.length - 1] ?? 0];
  const count = points.length;
  if (count === 1) return text("progress.picture.one", { value: words(latest) });
  if (words(least) === words(most)) return text("progress.picture.each", { count, value: words(least) });
  return text("progress.picture.between", { count, least: words(least), most: words(most), latest: words(latest) });
}

/** Those without notes first: what holds there has settled. */
export function summary(series: Series): string {
  const points = shown(series);
  const [alone, aided] = [points.filter((point) => !point.aided), points.filter((point) => point.aided)];
  return [
    alone.length > 0 && text("progress.picture.alone", { group: groupWords(series.scale, alone) }),
    aided.length > 0 && text("progress.picture.aided", { group: groupWords(series.scale, aided) }),
  ]
    .filter(Boolean)
    .join(" ");
}
