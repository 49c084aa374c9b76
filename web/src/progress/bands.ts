// SPDX-License-Identifier: Apache-2.0
// Where a measure is called steady or developing. The server says the same of a single conversation; a test holds the two together.
import type { SessionSummary } from "../protocol";
import type { Key } from "../text";

/** As shares of one, or how many times as much. */
export interface Bands {
  developing: number;
  steady: number;
}

const BANDS: Record<string, Bands> = {
  telling_share: { developing: 0.3, steady: 0.11 },
  reflections: { developing: 0.1, steady: 0.3 },
  reflection_to_question: { developing: 0.3, steady: 1 },
};

/** Open questions have none: MITI 3.1.1 named one line, and good and poor conversations do not differ by it. */
export const LINES: Record<string, { at: number; name: Key }> = {
  open_share: { at: 0.5, name: "progress.key.open_share" },
};

/** In mentoring the share of telling says nothing about its quality. */
export function bandsOf(id: string, mode: SessionSummary["mode"]): Bands | null {
  if (id === "telling_share" && mode === "mentoring") return null;
  return BANDS[id] ?? null;
}

export const lessIsMore = ({ developing, steady }: Bands): boolean => steady < developing;
