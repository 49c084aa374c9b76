// SPDX-License-Identifier: Apache-2.0
// Whether the note on a message is shown yet, by how much feedback the trainee has chosen for the conversation.
import type { Turn } from "./protocol";
import type { FeedbackLevel } from "./settings";
import { noteKind } from "./words";

export interface Progress {
  over: boolean;
  /** The trainee has said how it went. */
  rated: boolean;
}

/** `number` counts the trainee's messages from 1; null for one that was set aside. */
export function noteShown(level: FeedbackLevel, turn: Turn, number: number | null, { over, rated }: Progress): boolean {
  switch (level) {
    case 1:
      return true;
    case 2:
      return over || noteKind(turn) === "consider" || (number !== null && number % 2 === 0);
    case 3:
      return over;
    case 4:
      return over && rated;
  }
}
