// SPDX-License-Identifier: Apache-2.0
// How a conversation went, in the trainee's own view.
import { text } from "../text";

/** From not at all well to very well. */
export const WENT = [1, 2, 3, 4, 5] as const;

export function wentWords(went: number): string {
  return text("debrief.went", { went: String(went) });
}
