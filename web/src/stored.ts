// SPDX-License-Identifier: Apache-2.0
// What this browser stores for us. Kept in memory where it refuses storage.

const PREFIX = "askwell.";
const memory = new Map<string, string>();

export function read(key: string): string | null {
  try {
    return localStorage.getItem(PREFIX + key) ?? memory.get(key) ?? null;
  } catch {
    return memory.get(key) ?? null;
  }
}

export function write(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, value);
    memory.delete(key);
  } catch {
    if (value === null) memory.delete(key);
    else memory.set(key, value);
  }
}

let own: string | null = null;

/** Sets this window apart from the others, also after a reload. A window that is made as a copy of this one has none yet. */
export function ownWindow(): string {
  if (own !== null) return own;
  own = Math.random().toString(36).slice(2);
  const key = `${PREFIX}window`;
  try {
    own = sessionStorage.getItem(key) ?? own;
    sessionStorage.removeItem(key);
    addEventListener("pagehide", () => sessionStorage.setItem(key, own ?? ""));
  } catch {
    // Until the page goes it is known all the same.
  }
  return own;
}

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
