// SPDX-License-Identifier: Apache-2.0
// This window and the others of this browser: what one of them changed, the others show.
import { PREFIX } from "./stored";

export class Windows {
  readonly #name: string;
  #channel: BroadcastChannel | null;

  constructor(name: string, heard: (message: unknown) => void) {
    this.#name = name;
    this.#channel = open(name);
    if (this.#channel) this.#channel.onmessage = (event: MessageEvent<unknown>) => heard(event.data);
  }

  close(): void {
    this.#channel?.close();
    this.#channel = null;
  }

  /** Also after close(): what was on its way when its page was left concerns the others all the same. */
  tell(message: unknown): void {
    if (this.#channel) {
      this.#channel.postMessage(message);
      return;
    }
    const channel = open(this.#name);
    channel?.postMessage(message);
    channel?.close();
  }
}

const open = (name: string): BroadcastChannel | null => (typeof BroadcastChannel === "function" ? new BroadcastChannel(name) : null);

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
