// SPDX-License-Identifier: Apache-2.0
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** What an address leads to comes into the middle of the window, and the focus goes there. */
export function useHere(here: boolean): RefObject<HTMLDivElement> {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!here) return;
    place.current?.scrollIntoView({ block: "center" });
    place.current?.focus({ preventScroll: true });
  }, [here]);
  return place;
}
