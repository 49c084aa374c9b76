// SPDX-License-Identifier: Apache-2.0
// A hint comes in steps, so that a trainee takes no more help than is needed: the next one by the button of its card, or by
// asking for a hint again. The same place has one hint, whatever is asked there.
import { Observable, useObservable } from "../observable";
import type { SessionView, Turn } from "../protocol";

/** How often each hint was asked to go on, as long as the page is there. */
const asked = new Observable<Record<string, number>>({});

const keyOf = ({ session, turn }: Turn): string => `${session}.${turn}`;

export function askMore(hint: Turn): void {
  asked.set({ ...asked.value, [keyOf(hint)]: (asked.value[keyOf(hint)] ?? 0) + 1 });
}

export function useAsked(hint: Turn): number {
  return useObservable(asked)[keyOf(hint)] ?? 0;
}

/** The hint that was given where the conversation stands; going back to a moment leads to the hint before it. */
export function hintHere({ turns }: SessionView): Turn | null {
  const last = turns.filter(({ kind, set_aside: aside }) => !aside && kind !== "retake").pop();
  return last?.hint ? last : null;
}
