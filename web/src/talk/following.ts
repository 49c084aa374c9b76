// SPDX-License-Identifier: Apache-2.0
// Keeps the newest line in view, unless the reader has gone back to look at something.
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

const NEAR_END_PX = 260;

function nearEnd(): boolean {
  const page = document.documentElement;
  return page.scrollHeight - innerHeight - scrollY < NEAR_END_PX;
}

/** How much of the window is left for the conversation, between what covers it above and below. */
function room(): number {
  const { scrollPaddingTop: top, scrollPaddingBottom: below } = getComputedStyle(document.documentElement);
  return innerHeight - (parseFloat(top) || 0) - (parseFloat(below) || 0);
}

/** The end; or, where what was just said and answered is longer than the window, its beginning, unless somebody has read on. */
function lastInView(bottom: HTMLElement | null, behavior: ScrollBehavior): void {
  const exchanges = document.querySelectorAll<HTMLElement>(".log > .exchange");
  const last = exchanges[exchanges.length - 1];
  const top = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
  if (!last || exchanges.length === 1 || last.offsetHeight <= room()) bottom?.scrollIntoView({ block: "end", behavior });
  else if (last.getBoundingClientRect().top >= top) last.scrollIntoView({ block: "start", behavior });
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
    if (follow.current) lastInView(bottom.current, calm ? "auto" : "smooth");
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
