// SPDX-License-Identifier: Apache-2.0
// Keeps the newest line in view, unless the reader has gone back to look at something.
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

const NEAR_END_PX = 260;

function nearEnd(): boolean {
  const page = document.documentElement;
  return page.scrollHeight - innerHeight - scrollY < NEAR_END_PX;
}

interface Following {
  /** Changes with every line that appears. */
  newest: string;
  /** What the trainee is just saying, wherever they are reading: they see it, and what comes back. */
  own: string | null;
  /** A hint that was just asked for. */
  hint: number | null;
  calm: boolean;
}

export function useFollowing(bottom: RefObject<HTMLElement>, { newest, own, hint, calm }: Following): void {
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
  useEffect(() => {
    if (own !== null && !follow.current) bottom.current?.scrollIntoView({ block: "end" });
  }, [own]);
  // No further than it takes to see all of it: what it is a hint about stands above it.
  useEffect(() => {
    if (hint === null) return;
    const cards = document.querySelectorAll(".log > .exchange > .hint-card");
    cards[cards.length - 1]?.scrollIntoView({ block: "nearest" });
  }, [hint]);
}
