// SPDX-License-Identifier: Apache-2.0
// What a trainee hands in: Markdown, one self-contained HTML file, JSON with a schema. Every one says that it is
// simulated practice, and nothing that was typed can run or break the page.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { randomUUID } from "node:crypto";
import Ajv2020 from "ajv/dist/2020.js";
import { http, startServer } from "./server.mjs";
import { begin, program, say, trainee } from "./trainee.mjs";
import "./tidy.mjs";

/** The words that a page shows, with what marks them taken away. */
const shown = (html) =>
  html
    .replace(/<style>[^]*?<\/style>|<[^>]*>/g, "")
    .replace(/&(lt|gt|quot|#39|apos);/g, (_, name) => ({ lt: "<", gt: ">", quot: '"', "#39": "'", apos: "'" })[name])
    .replace(/&amp;/g, "&");
const notice = /Simulated practice with a scripted character; not coaching hours\./;
const payloads = [
  "<script>alert('one')</script> What else?",
  "<img src=x onerror=alert(2)> And then?",
  "</td></table></body></html><svg onload=alert(3)>",
  "\"><a href='javascript:alert(4)'>What matters?</a>",
  "&lt;b&gt; & &amp; what &copy; else?",
  "# Heading\n* item\n| a | b |\n[link](javascript:alert(5)) `code` **bold** <!-- hidden -->",
  "```\nfence\n```\n---\n1. What now?",
  "What \u202eelse\u202c matters מה חשוב \u{1f642}?",
];

let server;
let client;
let session;
before(async () => {
  server = await startServer({ args: ["--messages-per-second", "10000", "--messages-burst", "10000"] });
  client = await trainee(server);
  ({ session } = await begin(client, "career_plateau", 3));
  let turn = 1;
  for (const text of payloads) await say(client, session, turn++, text);
  await client.call("turn.hint", { session, turn: turn++ });
  await client.call("turn.retake", { session, turn: turn++, to: 6 });
  await say(client, session, turn++, "What would you do if nobody could say no?");
  await say(client, session, turn++, "What will you do first, and by when?");
  await client.call("turn.end", { session, turn });
});
after(() => server?.stop());

const download = (format, cookie = client.cookie, id = session) =>
  http(server, `/export/${id}.${format}`, { headers: { host: `127.0.0.1:${server.port}`, ...(cookie ? { cookie } : {}) } });

describe("every format", () => {
  for (const [format, type] of [["md", /^text\/markdown/], ["html", /^text\/html/], ["json", /^application\/json/]])
    test(format, async () => {
      const answer = await download(format);
      assert.equal(answer.status, 200);
      assert.match(answer.headers["content-type"], type);
      assert.match(answer.headers["content-disposition"], new RegExp(`^attachment; filename="[a-z0-9._-]+\\.${format}"$`));
      assert.equal(answer.headers["x-content-type-options"], "nosniff");
      const text = answer.body.toString("utf8");
      assert.ok(answer.body.equals(Buffer.from(text, "utf8")), "valid UTF-8");
      assert.match(text, notice);
      assert.match(format === "html" ? shown(text) : text, /What will you do first, and by when\?/);
      assert.doesNotMatch(text, /undefined|\(null\)|NaN/);
    });
});

describe("HTML", () => {
  let text;
  before(async () => {
    text = (await download("html")).body.toString();
  });
  test("what was typed is text", () => {
    assert.doesNotMatch(text, /<script|<img|<svg onload|<a href=.javascript/i);
    for (const payload of payloads.filter((each) => !each.includes("\n"))) assert.ok(shown(text).includes(payload), payload);
    assert.doesNotMatch(text, /<[^>]+\son[a-z]+=/i);
  });
  test("it stands by itself", () => {
    assert.match(text, /^<!doctype html>/i);
    assert.match(text, /<html lang="en"/);
    assert.match(text, /<meta charset="?utf-8"?/i);
    assert.match(text, /<title>[^<]+<\/title>/);
    assert.match(text, /@media print/);
    assert.doesNotMatch(text, /(src|href)\s*=\s*["']?(https?:)?\/\//i, "no request to anywhere");
    assert.doesNotMatch(text, /@import|url\(/i);
  });
  test("sent with a policy under which nothing runs", async () => {
    const policy = (await download("html")).headers["content-security-policy"];
    assert.match(policy, /default-src 'none'/);
    assert.doesNotMatch(policy, /script-src(?! 'none')/);
  });
});

test("Markdown: what was typed cannot become a heading, a link or HTML", async () => {
  const text = (await download("md")).body.toString();
  assert.doesNotMatch(text, /^# Heading$/m);
  assert.doesNotMatch(text, /(^|[^\\])\[link\]\(javascript/m);
  assert.doesNotMatch(text, /(^|[^\\`])<(script|img|svg)\b/m);
});

describe("JSON", () => {
  test("matches its published schema", async () => {
    const schema = JSON.parse(readFileSync(new URL("../../dialogues/schema/transcript.schema.json", import.meta.url), "utf8"));
    const ajv = new Ajv2020({ allErrors: true, strict: false });
    ajv.addFormat("date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
    ajv.addFormat("uuid", /^[0-9a-f-]{36}$/);
    const validate = ajv.compile(schema);
    const value = JSON.parse((await download("json")).body);
    assert.ok(validate(value), ajv.errorsText(validate.errors));
    assert.ok(!validate({ ...value, notice: undefined }) || !validate({}), "the schema can fail");
  });
  test("holds every turn as typed, both attempts included", async () => {
    const text = (await download("json")).body.toString();
    const value = JSON.parse(text);
    const said = value.turns.filter((turn) => turn.kind === "say").map((turn) => turn.text);
    assert.deepEqual(said.slice(0, payloads.length), payloads);
    assert.equal(said.length, payloads.length + 2);
    assert.ok(value.turns.some((turn) => turn.set_aside), "the first attempt is there");
  });
});

describe("addresses", () => {
  for (const [path, status] of [
    [`/export/${randomUUID()}.md`, [404]],
    ["/export/nonsense.md", [400, 404]],
    ["/export/..%2f..%2fetc%2fpasswd.md", [400, 404]],
    ["/export/.md", [400, 404]],
  ])
    test(path, async () => {
      const answer = await http(server, path, { headers: { host: `127.0.0.1:${server.port}`, cookie: client.cookie } });
      assert.ok(status.includes(answer.status), String(answer.status));
    });
  test("an unknown format", async () => {
    assert.ok([400, 404].includes((await download("exe")).status));
  });
  test("upper case ids are the same conversation", async () => {
    assert.ok([200, 404].includes((await download("md", client.cookie, session.toUpperCase())).status));
  });
});

test("an empty conversation can be downloaded too", async () => {
  const fresh = await begin(client, "stuck_manager");
  for (const format of ["md", "html", "json"]) {
    const answer = await download(format, client.cookie, fresh.session);
    assert.equal(answer.status, 200);
    assert.match(answer.body.toString(), notice);
  }
});

test("askwell export writes the same words", async () => {
  const { code, out, err } = await program(["export", "--data", server.data, "--format", "json", session]);
  assert.equal(code, 0, err);
  const online = JSON.parse((await download("json")).body);
  assert.deepEqual(JSON.parse(out).turns, online.turns);
});

test("fifty downloads at once, and turns go on meanwhile", async () => {
  const fresh = await begin(client, "stuck_manager");
  const loads = Array.from({ length: 50 }, (_, index) => download(["md", "html", "json"][index % 3]));
  const turns = [];
  for (let turn = 1; turn <= 10; turn++) turns.push(await say(client, fresh.session, turn, "What else?"));
  assert.equal(turns.length, 10);
  for (const answer of await Promise.all(loads)) assert.equal(answer.status, 200);
});
