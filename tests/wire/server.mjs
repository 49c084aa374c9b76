// SPDX-License-Identifier: Apache-2.0
// Starts the real program on a free port with a folder of its own, and speaks to it as a browser would.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import WebSocket from "ws";
import { keepChecked, lendChecked } from "./checked.mjs";
import { binary, root, shipped } from "./paths.mjs";

export { binary };

/** The servers that have not ended; tidy.mjs stops what a failed test left behind. */
export const running = new Set();

/**
 * Starts `askwell serve` and waits until it listens. `data` reuses a folder (it is then left in place at the end);
 * otherwise a new one is made and removed by stop() and kill(). `listen` may be "unix:/path". `shell` is a command for
 * the shell that then becomes the server, such as "ulimit -n 300".
 */
export async function startServer({ args = [], env = {}, data, dialogues, web, listen, shell, quiet = true } = {}) {
  const folder = data ?? (await mkdtemp(join(tmpdir(), "askwell-")));
  const content = dialogues ?? shipped;
  lendChecked(folder, content);
  const line = [
    "serve", "--port", "0", "--data", folder,
    "--dialogues", content,
    "--web", web ?? join(root, "web/dist"),
    ...(listen ? ["--listen", listen] : []),
    ...args,
  ];
  const [program, given] = shell ? ["/bin/sh", ["-c", `${shell}; exec "$0" "$@"`, binary, ...line]] : [binary, line];
  const child = spawn(program, given, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  child.on("close", () => running.delete(child));
  const server = { child, pid: child.pid, data: folder, log: "", port: 0, url: "", exit: null };
  child.stderr.on("data", (bytes) => {
    server.log += bytes;
    if (!quiet) process.stderr.write(bytes);
  });
  const ended = new Promise((done) => {
    child.on("error", (error) => done({ code: null, signal: null, error }));
    child.on("close", (code, signal) => done((server.exit = { code, signal })));
  });
  const end = async (signal) => {
    if (server.exit === null && child.exitCode === null) child.kill(signal);
    const how = await ended;
    if (!data) await rm(folder, { recursive: true, force: true });
    if (/Sanitizer|runtime error:/.test(server.log)) throw new Error(server.log);
    return how;
  };
  /** SIGTERM, then waits; resolves to { code, signal }. */
  server.stop = () => end("SIGTERM");
  /** kill -9, then waits. */
  server.kill = () => end("SIGKILL");
  server.ended = ended;

  await new Promise((listening, failed) => {
    let text = "";
    child.stdout.on("data", (bytes) => {
      text += bytes;
      const found = /listening on (?:http:\/\/(\S+):(\d+)|unix:(\S+))/.exec(text);
      if (!found) return;
      server.port = Number(found[2] ?? 0);
      server.url = found[2] ? `http://127.0.0.1:${server.port}` : `unix:${found[3]}`;
      listening();
    });
    ended.then((how) => failed(new Error(`askwell did not start: ${how.error ?? `exit ${how.code ?? how.signal}`}\n${server.log}`)));
  });
  keepChecked(folder, content);
  return server;
}

/** One HTTP request; resolves to { status, headers, body }. Headers are sent as given, Host included. */
export function http(server, path, { method = "GET", headers = {}, body } = {}) {
  return new Promise((done, failed) => {
    const sent = request({ host: "127.0.0.1", port: server.port, path, method, headers, agent: false }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("error", failed);
      answer.on("end", () => done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
    });
    sent.on("error", failed);
    sent.end(body);
  });
}

/** Signs a new local trainee in; resolves to the text of the Cookie header. */
export async function signIn(server) {
  const answer = await http(server, "/api/sign-in", {
    method: "POST",
    headers: { "content-type": "application/json", origin: server.url, "content-length": "2" },
    body: "{}",
  });
  if (answer.status !== 200) throw new Error(`sign-in answered ${answer.status}: ${answer.body}`);
  const cookie = answer.headers["set-cookie"]?.[0];
  if (!cookie) throw new Error("sign-in set no cookie");
  return cookie.split(";")[0];
}

/** The error that a call was answered with. */
export class RpcError extends Error {
  constructor(error) {
    super(error.message);
    this.code = error.code;
    this.data = error.data;
    this.key = error.data?.key;
    this.status = error.data?.status;
  }
}

/** Opens the WebSocket; resolves once it is open, rejects with `status` when the server refused it. */
export function connect(server, cookie, { origin = server.url, protocol = "askwell.v1", headers = {} } = {}) {
  return new Promise((opened, failed) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/ws`, protocol, {
      origin,
      perMessageDeflate: false,
      headers: { ...(cookie ? { cookie } : {}), ...headers },
    });
    const waiting = new Map();
    const client = { socket, notifications: [], unmatched: [], closed: null, packed: 0 };
    let next = 1;
    client.gone = new Promise((done) => {
      socket.on("close", (code, reason) => {
        client.closed = { code, reason: reason.toString() };
        for (const { reject } of waiting.values()) reject(new Error(`closed ${code}`));
        waiting.clear();
        done(client.closed);
      });
    });
    client.call = (method, params = {}) =>
      new Promise((resolve, reject) => {
        const id = next++;
        waiting.set(id, { resolve, reject });
        socket.send(JSON.stringify({ jsonrpc: "2.0", id, method, params }));
      });
    /** Sends text as it is and resolves to the next message that answers no call(). */
    client.raw = (text) => {
      const answer = new Promise((done) => client.unmatched.push(done));
      socket.send(text);
      return answer;
    };
    client.close = () => {
      socket.close();
      return client.gone;
    };
    socket.on("message", (bytes, isBinary) => {
      if (isBinary) client.packed++;
      const message = JSON.parse((isBinary ? inflateSync(bytes) : bytes).toString());
      if (message.method) {
        client.notifications.push(message);
        return;
      }
      const call = waiting.get(message.id);
      if (!call) {
        client.unmatched.shift()?.(message);
        return;
      }
      waiting.delete(message.id);
      if (message.error) call.reject(new RpcError(message.error));
      else call.resolve(message.result);
    });
    socket.on("open", () => opened(client));
    socket.on("unexpected-response", (_request, answer) => {
      answer.resume();
      const error = new Error(`the server refused the WebSocket: ${answer.statusCode}`);
      error.status = answer.statusCode;
      failed(error);
      socket.terminate();
    });
    socket.on("error", failed);
  });
}
