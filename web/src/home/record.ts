// SPDX-License-Identifier: Apache-2.0
// What a trainee has done with a case so far.
import type { SessionSummary } from "../protocol";

export interface CaseRecord {
  /** Conversations that were brought to an end. */
  times: number;
  /** When the last of them ended; null: none did. */
  last: string | null;
  /** One is begun and not ended. */
  open: boolean;
}

/** `is` tells which conversations count. */
export function recordOf(sessions: readonly SessionSummary[], is: (session: SessionSummary) => boolean): CaseRecord {
  const own = sessions.filter(is);
  const ends = own.flatMap(({ ended }) => (ended === null ? [] : [ended])).sort();
  return { times: ends.length, last: ends[ends.length - 1] ?? null, open: own.some(({ ended, turns }) => ended === null && turns > 0) };
}
