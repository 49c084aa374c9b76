// SPDX-License-Identifier: Apache-2.0
// The browser as the connection sees it.
import { Refused, type World } from "./connection";
import { signedIn, wasHere } from "./newcomer";
import { post } from "./post";
import { subprotocol, unpacking } from "./unpacking";

interface Refusal {
  error?: { key?: string; message?: string } | string;
  message?: string;
}

async function readRefusal(response: Response): Promise<{ key: string; text: string }> {
  try {
    const body = (await response.json()) as Refusal;
    if (typeof body.error === "object") return { key: body.error.key ?? "", text: body.error.message ?? "" };
    return { key: "", text: body.error ?? body.message ?? "" };
  } catch {
    return { key: "", text: "" };
  }
}

async function signIn(): Promise<void> {
  const response = await post("/api/sign-in");
  if (response.ok) {
    signedIn(((await response.json()) as { new?: boolean }).new === true);
    return;
  }
  const { key, text } = await readRefusal(response);
  if (response.status === 401 || response.status === 403 || key === "too_many_sign_ins") throw new Refused(text, key);
  throw new Error(`sign-in answered ${response.status}`);
}

export const browserWorld: World = {
  known: wasHere,

  // One window at a time: two that sign in at once would become two people, and one would lose its conversation. Browsers offer
  // locks over HTTPS and on this machine only.
  async signIn() {
    if (navigator.locks) await navigator.locks.request("askwell.sign-in", signIn);
    else await signIn();
  },

  socket() {
    const address = new URL("/ws", location.href);
    address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    return unpacking(new WebSocket(address, subprotocol()));
  },

  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },

  random: Math.random,
};
