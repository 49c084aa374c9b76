// SPDX-License-Identifier: Apache-2.0
// The small steps that most wire tests take: a signed-in trainee, a conversation, a turn, an error that is expected.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { root } from "./paths.mjs";
import { binary, connect, signIn } from "./server.mjs";
import { assertShape } from "./shapes.mjs";

/** A trainee who is connected; `cookie` is theirs. */
export async function trainee(server) {
  const cookie = await signIn(server);
  return { cookie, ...(await reconnect(server, cookie)) };
}

export async function reconnect(server, cookie) {
  const client = await connect(server, cookie);
  return Object.assign(client, { cookie });
}

export async function begin(client, script = "career_plateau", seed = 7) {
  const session = randomUUID();
  const view = await client.call("session.start", { session, script, seed });
  return { session, view };
}

export const say = (client, session, turn, text) => client.call("turn.say", { session, turn, text });

/** The call must fail; `wanted` may hold code, key and status. Every error has a key, a status and a sentence. */
export async function refused(call, wanted = {}) {
  const error = await call.then(
    (result) => assert.fail(`answered instead of refused: ${JSON.stringify(result).slice(0, 300)}`),
    (reason) => reason,
  );
  if (error.code === undefined) throw error;
  assert.match(error.key ?? "", /^[a-z][a-z_]+$/, `stable key: ${error.message}`);
  assertShape("ErrorData", error.data);
  assert.match(error.message, /\p{L}{2,}.* /u, "a sentence for the person");
  for (const [name, value] of Object.entries(wanted)) assert.equal(error[name], value, `${name} of: ${error.key} ${error.message}`);
  return error;
}

/** Runs the program to its end, in the project's folder unless told otherwise: { code, signal, out, err }. */
export function program(args, { input = "", env = {}, cwd = root, timeout = 60000 } = {}) {
  return new Promise((done, failed) => {
    const child = spawn(binary, args, { env: { ...process.env, ...env }, cwd, stdio: ["pipe", "pipe", "pipe"] });
    const timer = setTimeout(() => child.kill("SIGKILL"), timeout);
    let out = "";
    let err = "";
    child.stdout.setEncoding("utf8").on("data", (text) => (out += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (err += text));
    child.on("error", failed);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      done({ code, signal, out, err });
    });
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}

/** Asks again until `check` gives something truthy; fails after `ms`. */
export async function eventually(check, { ms = 30000, what = "it did not happen" } = {}) {
  const until = Date.now() + ms;
  for (;;) {
    const found = await check();
    if (found) return found;
    if (Date.now() > until) assert.fail(`${what} within ${ms} ms`);
    await pause(50);
  }
}
