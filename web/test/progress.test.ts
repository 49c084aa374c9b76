// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { showLanguage } from "../src/language";
import type { Connection } from "../src/connection";
import { gather, pointWords, seriesOf, SHOWN, type Told, worthShowing } from "../src/progress/progress";
import type { Debrief, SessionSummary } from "../src/protocol";

await showLanguage("en");

function told(session: string, started: string, more: { messages?: number; telling?: number; feedback?: number | null; mode?: SessionSummary["mode"] } = {}): Told {
  const messages = more.messages ?? 10;
  const measure = (id: string, count: number, of: number | null) => ({ id, name: id, headline: true, count, of, per: null, meaning: "", source: "" });
  return {
    summary: {
      session, script: "a", title: session, language: "en", character: "Ines", mode: more.mode ?? "coaching", contrast: null, pair: null, started, ended: started, turns: 12,
      feedback: more.feedback === undefined ? 1 : more.feedback, went: null,
    },
    debrief: { session, messages, enough_for_shares: messages >= 10, measures: [measure("telling_share", more.telling ?? 2, messages), measure("reflection_to_question", 3, 6), measure("words_per_message", 9, null), measure("open_share", 0, 0)] } as unknown as Debrief,
  };
}

test("a series a measure, oldest first, with and without notes kept apart", () => {
  const series = seriesOf(
    [told("new", "2026-03-01T10:00:00Z", { feedback: 3, telling: 1 }), told("old", "2026-01-01T10:00:00Z"), told("mentored", "2026-02-01T10:00:00Z", { mode: "mentoring" })],
    "coaching",
  );
  assert.deepEqual(series.map(({ id }) => id), ["telling_share", "reflection_to_question"], "what has no share, or no questions to share, is left out");
  assert.deepEqual(series[0]?.points.map(({ session, value, aided }) => [session, value, aided]), [["old", 20, true], ["new", 10, false]]);
});

test("too few messages, and conversations that show nothing, are left out", () => {
  assert.deepEqual(seriesOf([told("short", "2026-01-01T10:00:00Z", { messages: 4 })], "coaching"), []);
  const summaries = Array.from({ length: SHOWN + 5 }, (_, index) => told(`s${index}`, "2026-01-01T10:00:00Z").summary);
  const [open, drill, empty] = [{ ...summaries[0]!, ended: null }, { ...summaries[1]!, mode: "drill" as const }, { ...summaries[2]!, turns: 0 }];
  const shown = worthShowing([open, drill, empty, ...summaries.slice(3)]);
  assert.equal(shown.length, SHOWN);
  assert.equal(shown[0]?.session, "s3");
});

test("shares from ten messages on, counts before; a ratio as it is", () => {
  const [telling, ratio] = seriesOf([told("short", "2026-01-01T10:00:00Z", { messages: 6 }), told("long", "2026-02-01T10:00:00Z", { messages: 12, telling: 3 })], "coaching");
  assert.deepEqual(telling?.points.map((point) => [point.value, pointWords("share", point)]), [[null, "2 of 6"], [25, "3 of 12 (25%)"]]);
  assert.deepEqual(ratio?.points.map((point) => [point.value, pointWords("ratio", point)]), [[null, "3 to 6"], [0.5, "3 to 6"]]);
});

test("a measure is explained without the person and the figures of one conversation", () => {
  const one = told("one", "2026-01-01T10:00:00Z");
  const measure = one.debrief.measures[0];
  if (measure) measure.meaning = "Messages that Ines had not agreed to hear. Told after asking: 2. This time: steady.";
  assert.equal(seriesOf([one], "coaching")[0]?.meaning, "Messages that your coachee had not agreed to hear.");
});

test("in French pages a measure is explained in French, about anybody", async () => {
  await showLanguage("fr");
  const one = told("one", "2026-01-01T10:00:00Z");
  const measure = one.debrief.measures[0];
  if (measure) Object.assign(measure, { id: "own_words", count: 2, of: 10, meaning: "Messages that took up words which Ines had just used." });
  const [series] = seriesOf([one], "coaching").filter(({ id }) => id === "own_words");
  assert.equal(series?.name, "Mots repris");
  assert.equal(series?.meaning, "Messages qui reprennent des mots employés juste avant par la personne accompagnée. C’est le signe d’écoute le plus clair.");
  assert.equal(pointWords("share", series!.points[0]!), "2 sur 10 (20\u00a0%)");
  await showLanguage("en");
});

test("what was tried again counts by its longest try", async () => {
  const { summary } = told("tried", "2026-01-01T10:00:00Z");
  const plain = told("plain", "2026-01-02T10:00:00Z", { messages: 12 }).summary;
  const asked: string[] = [];
  const connection = {
    async call(method: string, { session, ended_turn: until }: { session: string; ended_turn?: number }) {
      asked.push([method, session, until ?? ""].join(" ").trim());
      return { messages: session === "plain" ? 12 : until === 9 ? 8 : 3, earlier_ends: session === "plain" ? [] : [9] };
    },
  } as unknown as Connection;
  const all = await gather(connection, [summary, plain], () => false);
  assert.deepEqual(all.map(({ debrief }) => debrief.messages), [8, 12]);
  assert.deepEqual(asked, ["session.debrief tried", "session.debrief tried 9", "session.debrief plain"]);
});
