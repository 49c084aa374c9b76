// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { seriesOf, SHOWN, type Told, worthShowing } from "../src/progress/progress";
import type { Debrief, SessionSummary } from "../src/protocol";

function told(session: string, started: string, more: { messages?: number; telling?: number; feedback?: number | null; mode?: SessionSummary["mode"] } = {}): Told {
  const messages = more.messages ?? 10;
  const measure = (id: string, count: number, of: number | null) => ({ id, name: id, headline: true, count, of, per: null, meaning: "", source: "" });
  return {
    summary: {
      session, script: "a", title: session, language: "en", character: "Ines", mode: more.mode ?? "coaching", contrast: null, pair: null, started, ended: started, turns: 12,
      feedback: more.feedback === undefined ? 1 : more.feedback, went: null,
    },
    debrief: { session, messages, measures: [measure("telling_share", more.telling ?? 2, messages), measure("words_per_message", 9, null), measure("open_share", 0, 0)] } as unknown as Debrief,
  };
}

test("a series a measure, oldest first, with and without notes kept apart", () => {
  const series = seriesOf(
    [told("new", "2026-03-01T10:00:00Z", { feedback: 3, telling: 1 }), told("old", "2026-01-01T10:00:00Z"), told("mentored", "2026-02-01T10:00:00Z", { mode: "mentoring" })],
    "coaching",
  );
  assert.deepEqual(series.map(({ id }) => id), ["telling_share"], "what has no share, or no questions to share, is left out");
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
