// SPDX-License-Identifier: Apache-2.0
// Whether the server takes this browser for somebody new although it was here before: its sign-in had ended or was cleared. It
// is said until it has been read.
import { keep } from "./keep";
import { Observable } from "./watched";

const SEEN = "signed_in";
const TOLD = "stranger";

export const stranger = new Observable(keep.choice(TOLD) === "yes");

/** As far as this browser remembers. */
export const wasHere = (): boolean => keep.choice(SEEN) === "yes";

export function signedIn(isNew: boolean): void {
  if (isNew && wasHere()) {
    keep.setChoice(TOLD, "yes");
    stranger.set(true);
  }
  keep.setChoice(SEEN, "yes");
}

export function strangerRead(): void {
  keep.setChoice(TOLD, null);
  stranger.set(false);
}
