// SPDX-License-Identifier: Apache-2.0
// The browser as the connection sees it.
import { Refused, type Socket, type World } from "./connection";

interface Refusal {
  error?: { message?: string } | string;
  message?: string;
}

async function refusalText(response: Response): Promise<string> {
  const fallback = "This server does not let anyone practise without an account.";
  try {
    const body = (await response.json()) as Refusal;
    const inner = typeof body.error === "object" ? body.error.message : body.error;
    return inner ?? body.message ?? fallback;
  } catch {
    return fallback;
  }
}

export const browserWorld: World = {
  async signIn() {
    const response = await fetch("/api/sign-in", {
      method: "POST",
      headers: { "content-type": "application/json" },
      credentials: "same-origin",
      cache: "no-store",
      body: "{}",
    });
    if (response.status === 401 || response.status === 403) throw new Refused(await refusalText(response));
    if (!response.ok) throw new Error(`sign-in answered ${response.status}`);
  },

  socket() {
    const address = new URL("/ws", location.href);
    address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    return new WebSocket(address, "askwell.v1") as Socket;
  },

  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },

  random: Math.random,
};
