// SPDX-License-Identifier: Apache-2.0
// Keeps the newest line in view, unless the reader has gone back to look at something.
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

const NEAR_END_PX = 260;

function nearEnd(): boolean {
  const page = document.documentElement;
  return page.scrollHeight - innerHeight - scrollY < NEAR_END_PX;
}

/** `newest` changes with every line that appears. */
export function useFollowing(bottom: RefObject<HTMLElement>, newest: string, calm: boolean): void {
  const before = useRef(newest);
  const follow = useRef(false);
  if (before.current !== newest) {
    // Measured before the new line is drawn and makes the page longer.
    before.current = newest;
    follow.current = nearEnd();
  }
  useEffect(() => {
    if (follow.current) bottom.current?.scrollIntoView({ block: "end", behavior: calm ? "auto" : "smooth" });
  }, [newest]);
}
