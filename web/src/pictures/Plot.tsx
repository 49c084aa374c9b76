// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { useObservable } from "../observable";
import { settings } from "../settings";
import { theme } from "../theme";
import { type Paint, paintOf } from "./paint";
import "./pictures.css";
import { useWidth } from "./width";

export type Build = (
  paint: Paint,
  width: number,
) => { options: Omit<uPlot.Options, "width" | "height">; data: uPlot.AlignedData };

/**
 * A canvas that is only looked at: no pointer, no focus, no motion, so that it never stands in anyone's way. Whoever uses it
 * puts the same into words beside it. `build` stays the same while the data do.
 */
export function Plot({ kind, build }: { kind: string; build: Build }) {
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const shade = useObservable(theme);
  const text = useObservable(settings.text);
  useEffect(() => {
    const host = place.current;
    if (!host || width === 0) return undefined;
    const { options, data } = build(paintOf(host), width);
    const still = { cursor: { show: false }, legend: { show: false }, select: { show: false, left: 0, top: 0, width: 0, height: 0 } };
    const plot = new uPlot({ ...still, ...options, width, height: host.clientHeight }, data, host);
    return () => plot.destroy();
  }, [build, width, shade, text]);
  return <div class={`plot plot-${kind}`} data-testid={`plot-${kind}`} ref={place} aria-hidden="true" />;
}
