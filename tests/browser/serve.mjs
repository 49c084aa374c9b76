// SPDX-License-Identifier: Apache-2.0
// What every test file needs first: a browser, and a server of its own. Node.js runs each file in a process of its own.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach } from "node:test";
import { startServer } from "../wire/server.mjs";
import { launch } from "./browser.mjs";
import "../wire/tidy.mjs";

/** What serve() has made. */
export let browser;
export let server;
/** The folders with what the server keeps and with what it serves, unless that is what Askwell comes with. */
export let data;
export let dialogues;
let limits;

/**
 * Gives the tests of a file a browser, and one server for all of them, which lets them type faster than people do; or, with
 * `each`, a new server for every test. `content` makes a folder with the dialogues to serve, which goes in the end.
 */
export function serve({ each = false, content } = {}) {
  let folder;
  const begin = async () => {
    data = await mkdtemp(join(tmpdir(), "askwell-browser-"));
    limits = each ? [] : ["--messages-per-second", "1000", "--messages-burst", "1000"];
    server = await startServer({ data, dialogues, args: limits });
  };
  const end = async () => {
    await server?.stop();
    await rm(data, { recursive: true, force: true });
  };
  before(async () => {
    folder = await content?.();
    dialogues = folder && join(folder, "dialogues");
    browser = await launch();
    if (!each) await begin();
  });
  after(async () => {
    await browser?.close();
    if (!each) await end();
    if (folder) await rm(folder, { recursive: true, force: true });
  });
  if (each) {
    beforeEach(begin);
    afterEach(end);
  }
}

/** The server, stopped or killed before, once more: at the same address, with what it had kept. */
export async function again() {
  server = await startServer({ data, dialogues, args: [...limits, "--port", String(server.port)] });
}
