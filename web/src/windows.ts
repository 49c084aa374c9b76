// SPDX-License-Identifier: Apache-2.0
// The other windows of this browser: what one of them changed, the others show.

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
