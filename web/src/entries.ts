// SPDX-License-Identifier: Apache-2.0
// A look through what this browser stores for us.
import { memory, PREFIX } from "./stored";

export function keys(start: string): string[] {
  const found = new Set([...memory.keys()].filter((key) => key.startsWith(start)));
  try {
    for (let index = 0; index < localStorage.length; index++) {
      const key = localStorage.key(index);
      if (key?.startsWith(PREFIX + start)) found.add(key.slice(PREFIX.length));
    }
  } catch {
    // Storage is refused; memory is all there is.
  }
  return [...found];
}

export function parse<T>(text: string | null): T | null {
  try {
    return text === null ? null : (JSON.parse(text) as T);
  } catch {
    return null;
  }
}

/** Whether the browser lets anything be kept beyond this page. */
export function lasting(): boolean {
  try {
    localStorage.setItem(`${PREFIX}lasting`, "yes");
    localStorage.removeItem(`${PREFIX}lasting`);
    return true;
  } catch {
    return false;
  }
}
