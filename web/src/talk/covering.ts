// SPDX-License-Identifier: Apache-2.0
// What stands fast at an edge of the window covers what is scrolled there: it is kept clear by as much as it is high. With large
// text in a small window it would cover nearly everything; then it goes along with the rest.
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

const GAP_PX = 8;
const MOST_OF_WINDOW = { top: 0.25, bottom: 0.5 };

/** Without what a box has grown by while it is typed in: that must not make it jump. */
function leastHeight(element: HTMLElement): number {
  const box = element.querySelector("textarea");
  return element.offsetHeight - (box ? box.offsetHeight - parseFloat(getComputedStyle(box).minHeight) : 0);
}

export function useCovering(own: RefObject<HTMLElement>, edge: "top" | "bottom"): void {
  useEffect(() => {
    const element = own.current;
    if (!element || typeof ResizeObserver !== "function") return undefined;
    const { style } = document.documentElement;
    const property = edge === "top" ? "scrollPaddingTop" : "scrollPaddingBottom";
    const measure = (): void => {
      element.classList.toggle("loose", leastHeight(element) > innerHeight * MOST_OF_WINDOW[edge]);
      const stands = getComputedStyle(element).position === "sticky";
      style[property] = stands ? `${element.offsetHeight + GAP_PX}px` : `${GAP_PX}px`;
    };
    const watcher = new ResizeObserver(measure);
    watcher.observe(element);
    addEventListener("resize", measure);
    return () => {
      watcher.disconnect();
      removeEventListener("resize", measure);
      style[property] = "";
    };
  }, []);
}
