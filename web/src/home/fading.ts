// SPDX-License-Identifier: Apache-2.0
// When to offer less feedback: after two conversations in a row that went well in the trainee's own view.
import type { SessionSummary } from "../protocol";
import { FEEDBACK, type FeedbackLevel } from "../settings";

const IN_A_ROW = 2;
const WELL = 4;

/** `sessions` come newest first. Null: stay at this level for now. */
export function readyFor(level: FeedbackLevel, sessions: SessionSummary[]): FeedbackLevel | null {
  const last = sessions.filter((session) => session.ended !== null && session.mode !== "drill").slice(0, IN_A_ROW);
  const well = last.length === IN_A_ROW && last.every(({ feedback, went }) => feedback === level && went !== null && went >= WELL);
  return well ? (FEEDBACK.find((next) => next === level + 1) ?? null) : null;
}
