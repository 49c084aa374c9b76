// SPDX-License-Identifier: Apache-2.0
// The time as the server has it: the clock of a device may be days wrong, and what is due must not depend on it.
import { Observable } from "./watched";

/** By how many ms the server is ahead of this device; as long as nobody knows, 0. */
export const clock = new Observable(0);

/** `now` as the server's answers give it. */
export function setClock(now: string): void {
  clock.set(Date.parse(now) - Date.now());
}
