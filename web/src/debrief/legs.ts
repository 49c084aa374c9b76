// SPDX-License-Identifier: Apache-2.0
import type { Debrief } from "../protocol";
import { messagesUpTo } from "./figures";

/** One stay in a stage: the messages after `from`, up to and with `to`, counted as people count them. */
export interface Leg {
  id: string;
  name: string;
  from: number;
  to: number;
}

export function legs(path: Debrief["path"], numbers: Map<number, number>): Leg[] {
  return path.map((part) => ({
    id: part.id,
    name: part.name,
    from: messagesUpTo(part.from_turn - 1, numbers),
    to: messagesUpTo(part.to_turn, numbers),
  }));
}
