// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { before, beforeEach, test } from "node:test";
import { Connection } from "../src/connection";
import { keep } from "../src/keep";
import { showLanguage } from "../src/language";
import { Practice, withTurn } from "../src/practice";
import { FakeWorld, settle, turn, view } from "./fakes";
import { keepStarting, readStarting } from "../src/starting";

class Storage {
  #values = new Map<string, string>();
  get length(): number {
    return this.#values.size;
  }
  key(index: number): string | null {
    return [...this.#values.keys()][index] ?? null;
  }
  getItem(key: string): string | null {
    return this.#values.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.#values.set(key, value);
  }
  removeItem(key: string): void {
    this.#values.delete(key);
  }
}

const globals = globalThis as { localStorage?: unknown; BroadcastChannel?: unknown; crypto?: unknown };
// Node 18 has it, but not among the globals as browsers do.
globals.crypto ??= webcrypto;

before(() => showLanguage("en"));
beforeEach(() => {
  globals.localStorage = new Storage();
  // Node's channels would keep the test process alive.
  globals.BroadcastChannel = undefined;
});

async function opened(turns = [turn(1)]): Promise<{ world: FakeWorld; practice: Practice }> {
  const world = new FakeWorld();
  const connection = new Connection(world);
  connection.start();
  await settle();
  world.last.open();
  const practice = new Practice(connection, "s");
  void practice.open();
  world.last.answer(0, view(turns));
  await settle();
  return { world, practice };
}

test("a turn is kept in the browser until the server has confirmed it", async () => {
  const { world, practice } = await opened();
  practice.setDraft("What now?");
  void practice.say("What now?");
  assert.equal(keep.unsent("s").length, 1);
  assert.equal(practice.state.value.draft, "");
  assert.deepEqual(world.last.sent[1]?.params, { session: "s", turn: 2, text: "What now?" });
  world.last.answer(1, turn(2));
  await settle();
  assert.equal(keep.unsent("s").length, 0);
  assert.equal(practice.state.value.view?.next, 3);
  assert.equal(practice.state.value.fresh?.turn, 2);
});

test("after a reload the same turn is sent again with the same number", async () => {
  keep.putUnsent({ session: "s", turn: 2, kind: "say", text: "What now?", to: null, client: "c" });
  const { world, practice } = await opened();
  assert.deepEqual(world.last.sent[1]?.params, { session: "s", turn: 2, text: "What now?" });
  world.last.answer(1, turn(2, { text: "What now?" }));
  await settle();
  assert.equal(practice.state.value.view?.turns.length, 2);
  assert.equal(keep.unsent("s").length, 0);
});

test("an answer to a turn that was there already does not double it", async () => {
  keep.putUnsent({ session: "s", turn: 1, kind: "say", text: "message 1", to: null, client: "c" });
  const { world, practice } = await opened();
  world.last.answer(1, turn(1));
  await settle();
  assert.equal(practice.state.value.view?.turns.length, 1);
  assert.equal(practice.state.value.view?.next, 2);
});

test("a conflict shows the conversation as it is and gives the words back", async () => {
  const { world, practice } = await opened();
  void practice.say("Mine");
  practice.setDraft("and then");
  world.last.refuse(1, "turn_out_of_order", "conflict");
  await settle();
  assert.equal(world.last.sent[2]?.method, "session.open");
  world.last.answer(2, view([turn(1), turn(2, { text: "From the other window" })]));
  await settle();
  const { view: now, draft, sending, problem } = practice.state.value;
  assert.equal(now?.turns.length, 2);
  assert.equal(draft, "Mine\nand then");
  assert.equal(keep.drafts("s")[0]?.text ?? "", "Mine\nand then");
  assert.equal(sending, null);
  assert.match(problem ?? "", /words are back in the box/);
});

test("a refused message is given back with the server's reason", async () => {
  const { world, practice } = await opened();
  void practice.say("Too much");
  world.last.refuse(1, "disk_full", "unavailable");
  await settle();
  assert.equal(practice.state.value.draft, "Too much");
  assert.equal(practice.state.value.problem, "refused: disk_full");
  assert.equal(keep.unsent("s").length, 0);
});

test("one turn at a time", async () => {
  const { world, practice } = await opened();
  void practice.say("One");
  assert.equal(await practice.say("Two"), false);
  assert.equal(await practice.hint(), false);
  assert.equal(world.last.sent.length, 2);
});

test("an ended conversation takes nothing but a retake", async () => {
  const { world, practice } = await opened();
  void practice.end();
  world.last.answer(1, turn(2, { kind: "end", ended: { id: "e", title: "E", debrief: "" } }));
  await settle();
  assert.equal(await practice.say("More"), false);
  void practice.retake(1);
  assert.deepEqual(world.last.sent[2]?.params, { session: "s", turn: 3, to: 1 });
  world.last.answer(2, turn(3, { kind: "retake", to: 1, text: "" }));
  await settle();
  assert.equal(practice.state.value.view?.ended, null);
});

test("a conversation that may not have reached the server is started again under its own id", async () => {
  keepStarting("s", "career_plateau");
  const { world } = await opened([]);
  assert.equal(world.last.sent[0]?.method, "session.start");
  assert.deepEqual(world.last.sent[0]?.params, { session: "s", script: "career_plateau" });
  assert.equal(readStarting("s"), null);
});

test("windows on one conversation keep their words apart", () => {
  keep.putUnsent({ session: "s", turn: 2, kind: "say", text: "here", to: null, client: "one" });
  keep.putUnsent({ session: "s", turn: 2, kind: "say", text: "there", to: null, client: "two" });
  assert.deepEqual(
    keep.unsent("s").map(({ text }) => text),
    ["here", "there"],
  );
});

test("a browser without storage still practises", () => {
  globals.localStorage = undefined;
  keep.setDraft("s", "words");
  assert.equal(keep.drafts("s")[0]?.text ?? "", "words");
  keep.setDraft("s", "");
  assert.equal(keep.drafts("s")[0]?.text ?? "", "");
});

test("a retake sets aside everything from its moment on", () => {
  const before = view([turn(1), turn(2), turn(3, { kind: "hint" })]);
  const after = withTurn(before, turn(4, { kind: "retake", to: 2 }));
  assert.deepEqual(
    after.turns.map((item) => item.set_aside ?? false),
    [false, true, true, false],
  );
});

test("what was on its way when its page was left is not given back as well", async () => {
  const told: unknown[] = [];
  globals.BroadcastChannel = class {
    #closed = false;
    onmessage = null;
    close(): void {
      this.#closed = true;
    }
    postMessage(message: unknown): void {
      if (this.#closed) throw new Error("InvalidStateError");
      told.push(message);
    }
  };
  const { world, practice } = await opened();
  void practice.say("What now?");
  practice.close();
  world.last.answer(1, turn(2));
  await settle();
  assert.equal(keep.drafts("s")[0]?.text ?? "", "");
  assert.equal(keep.unsent("s").length, 0);
  assert.deepEqual(told, [{ session: "s", turn: 2 }]);
});
