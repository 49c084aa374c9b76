// SPDX-License-Identifier: Apache-2.0
// The time as the server has it: the clock of a device may be days wrong, and what is due must not depend on it.
let ahead = 0;

/** `date` as the server's answers give it. */
export function setClock(date: string | null): void {
  const server = Date.parse(date ?? "");
  if (!Number.isNaN(server)) ahead = server - Date.now();
}

export const serverNow = (): number => Date.now() + ahead;
