// SPDX-License-Identifier: Apache-2.0
// Conversations that the server may not have confirmed yet.
import { read, write } from "./stored";

/** The script of such a conversation, and the one that it is to be compared with. */
export function readStarting(session: string): { script: string; pair: string | null } | null {
  const [script, pair] = read(`starting.${session}`)?.split(" ") ?? [];
  return script ? { script, pair: pair ?? null } : null;
}

export function keepStarting(session: string, script: string | null, pair?: string): void {
  write(`starting.${session}`, script !== null && pair ? `${script} ${pair}` : script);
}
