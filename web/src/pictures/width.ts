// SPDX-License-Identifier: Apache-2.0
import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";

/** How wide an element is just now, in CSS pixels; 0 before it is known. */
export function useWidth(place: RefObject<HTMLElement>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!place.current) return undefined;
    const watching = new ResizeObserver(([entry]) => entry && setWidth(Math.floor(entry.contentRect.width)));
    watching.observe(place.current);
    return () => watching.disconnect();
  }, [place]);
  return width;
}
