// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { beforeEach, test } from "node:test";
import { Connection } from "../src/connection";
import { Disputes, standing } from "../src/disputes";
import { keptDisputes } from "../src/keptDisputes";
import type { Dispute } from "../src/protocol";
import { FakeWorld, settle } from "./fakes";

const globals = globalThis as { localStorage?: unknown; BroadcastChannel?: unknown; crypto?: unknown };
globals.crypto ??= webcrypto;

beforeEach(() => {
  // Refused storage: what is kept is kept in memory.
  globals.localStorage = undefined;
  globals.BroadcastChannel = undefined;
  for (const unsent of keptDisputes.unsent("s")) keptDisputes.dropUnsent(unsent);
});

const PLACE = { turn: 2, label: 1 };

function kept(change: Partial<Dispute> = {}): Dispute {
  return { ...PLACE, technique: "summary", name: "Summary", note: "", at: "2026-01-01T10:00:00Z", state: "open", ruling: null, ...change };
}

async function opened(): Promise<{ world: FakeWorld; disputes: Disputes }> {
  const world = new FakeWorld();
  const connection = new Connection(world);
  connection.start();
  await settle();
  world.last.open();
  return { world, disputes: new Disputes(connection, "s") };
}

test("it is shown and kept at once, and let go when the server has confirmed it", async () => {
  const { world, disputes } = await opened();
  void disputes.raise(PLACE, "summary", "It was one.");
  assert.equal(standing(disputes.state.value, PLACE)?.technique, "summary");
  assert.equal(standing(disputes.state.value, { turn: 2, label: 0 }), null);
  assert.equal(keptDisputes.unsent("s").length, 1);
  assert.deepEqual(world.last.sent[0]?.params, { session: "s", ...PLACE, technique: "summary", note: "It was one." });
  world.last.answer(0, kept({ note: "masked" }));
  await settle();
  assert.equal(keptDisputes.unsent("s").length, 0);
  assert.equal(standing(disputes.state.value, PLACE)?.note, "masked");
  assert.equal(disputes.state.value.sending.length, 0);
});

test("not sure is sent as no technique", async () => {
  const { world, disputes } = await opened();
  void disputes.raise(PLACE, null, "");
  assert.deepEqual(world.last.sent[0]?.params, { session: "s", ...PLACE, note: "" });
});

test("a change of mind before the answer: the last word is kept and shown", async () => {
  const { world, disputes } = await opened();
  void disputes.raise(PLACE, "summary", "");
  void disputes.withdraw(PLACE);
  assert.equal(standing(disputes.state.value, PLACE), null);
  world.last.answer(0, kept());
  await settle();
  assert.equal(keptDisputes.unsent("s")[0]?.kind, "withdraw");
  assert.equal(standing(disputes.state.value, PLACE), null);
  world.last.answer(1, kept({ state: "withdrawn" }));
  await settle();
  assert.equal(keptDisputes.unsent("s").length, 0);
  assert.equal(standing(disputes.state.value, PLACE), null);
});

test("what an earlier visit could not send is sent by the next", async () => {
  const first = await opened();
  void first.disputes.raise(PLACE, "summary", "Later.");
  const { world, disputes } = await opened();
  void disputes.resume();
  await settle();
  assert.equal((world.last.sent[0]?.params as { note?: string }).note, "Later.");
});

test("a ruling is never hidden by what is on its way", async () => {
  const { disputes } = await opened();
  const ruling = { technique: "open_question", name: "Open question", form: "open" as const, why: "", by: null, at: "" };
  disputes.show([kept({ state: "ruled", ruling })]);
  void disputes.raise(PLACE, "empathy", "");
  assert.equal(standing(disputes.state.value, PLACE)?.state, "ruled");
});
