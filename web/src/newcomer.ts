// SPDX-License-Identifier: Apache-2.0
// Whether the server takes this browser for somebody new although it was here before: its sign-in had ended or was cleared. It
// is said until it has been read.
import { keepChoice, readChoice } from "./choices";
import { Observable } from "./watched";

const SEEN = "signed_in";
const TOLD = "stranger";

export const stranger = new Observable(readChoice(TOLD) === "yes");

/** As far as this browser remembers. */
export const wasHere = (): boolean => readChoice(SEEN) === "yes";

export function signedIn(isNew: boolean): void {
  if (isNew && wasHere()) {
    keepChoice(TOLD, "yes");
    stranger.set(true);
  }
  keepChoice(SEEN, "yes");
}

export function strangerRead(): void {
  keepChoice(TOLD, null);
  stranger.set(false);
}
