// SPDX-License-Identifier: Apache-2.0
// A person takes a moment to answer. Lines of a fresh answer appear one after the other, shortly; anyone may skip it, and
// nobody who prefers less motion sees it.
import { useEffect, useState } from "preact/hooks";
import type { Turn } from "./protocol";

const SHORTEST_MS = 450;
const LONGEST_MS = 1_500;
const MS_A_CHARACTER = 14;

export interface Pacing {
  /** The turn being paced, or null. */
  turn: number | null;
  shown: number;
  skip(): void;
}

export function usePacing(fresh: Turn | null, calm: boolean): Pacing {
  const [progress, setProgress] = useState({ turn: 0, shown: 0 });
  const total = fresh?.reply.length ?? 0;
  const turn = fresh?.turn ?? 0;
  const shown = calm ? total : progress.turn === turn ? progress.shown : 0;
  const next = fresh?.reply[shown];

  useEffect(() => {
    if (!next) return undefined;
    const wait =
      next.voice === "guide" ? SHORTEST_MS : Math.min(LONGEST_MS, Math.max(SHORTEST_MS, next.text.length * MS_A_CHARACTER));
    const timer = setTimeout(() => setProgress({ turn, shown: shown + 1 }), wait);
    return () => clearTimeout(timer);
  }, [next, turn, shown]);

  return {
    turn: next ? turn : null,
    shown,
    skip: () => setProgress({ turn, shown: total }),
  };
}
