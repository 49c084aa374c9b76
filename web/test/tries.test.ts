// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { asItWas, endsOf, heardBefore, ownEstimate, partedAt } from "../src/debrief/tries";
import type { Note, SessionView, Turn } from "../src/protocol";
import { to } from "../src/addresses";
import { parseRoute } from "../src/route";
import { hintHere } from "../src/talk/hints";

const ended = { id: "closed", title: "Closed", debrief: "" };
const turn = (number: number, kind: Turn["kind"], more: Partial<Turn> = {}): Turn => ({ turn: number, kind, at: `at ${number}`, to: null, ended: null, set_aside: false, ...more }) as Turn;

/** Said, said, ended; back to 2, said, ended; back to 5, said. */
const view = {
  session: "s",
  ended: null,
  turns: [
    turn(1, "say"), turn(2, "say", { set_aside: true }), turn(3, "end", { ended, set_aside: true }),
    turn(4, "retake", { to: 2 }), turn(5, "say", { set_aside: true }), turn(6, "end", { ended, set_aside: true }),
    turn(7, "retake", { to: 5 }), turn(8, "say"),
  ],
} as unknown as SessionView;

test("the view as it was at an end has what counted then, and nothing that came later", () => {
  assert.deepEqual(endsOf(view.turns).map((end) => end.turn), [3, 6]);
  const aside = ({ turns }: SessionView) => turns.filter(({ set_aside: set }) => set).map((each) => each.turn);
  const [first, second] = [asItWas(view, 3), asItWas(view, 6)];
  assert.deepEqual([first.turns.length, aside(first), first.ended], [3, [], "at 3"]);
  assert.deepEqual([second.turns.length, aside(second), second.ended], [6, [2, 3], "at 6"]);
  assert.deepEqual([aside(asItWas(view, 8)), asItWas(view, 8).ended], [[2, 3, 5, 6], null]);
  assert.equal(view.turns.length, 8, "the view itself stays");
});

test("two tries part where the one left the other", () => {
  const numbers = (turns: Turn[]) => turns.map((each) => each.turn);
  const parted = partedAt(asItWas(view, 3), asItWas(view, 6));
  assert.deepEqual([numbers(parted.before), numbers(parted.after)], [[2], [5]]);
  assert.equal(parted.common, 1);
  const same = partedAt(asItWas(view, 3), asItWas(view, 3));
  assert.deepEqual([same.before, same.after, same.common], [[], [], 2]);
});

test("what was heard last before a message is the coachee's, on the path that counts", () => {
  const line = (voice: string, text: string) => ({ voice, text }) as Turn["reply"][number];
  const said = (number: number, reply: Turn["reply"], more: Partial<Turn> = {}) => turn(number, "say", { reply, ...more });
  const talk = {
    ...view,
    opening: [line("guide", "Marian comes in."), line("character", "Hello.")],
    turns: [said(1, [line("character", "Well."), line("guide", "A pause.")]), said(2, [line("character", "Set aside.")], { set_aside: true }), said(3, [])],
  } as unknown as SessionView;
  assert.deepEqual(talk.turns.map((each) => heardBefore(talk, each)), ["Hello.", "Well.", "Well."]);
  assert.equal(heardBefore({ ...talk, opening: [] }, talk.turns[0] as Turn), "");
});

test("an estimate is of the end that it names; one from before ends had names, of the first", () => {
  const ends = endsOf(view.turns) as [Turn, Turn];
  const notes = (...abouts: [string, string][]) => abouts.map(([about, text]) => ({ about, text, at: "" }) as Note);
  const went = (kept: Note[], end: Turn) => ownEstimate(kept, "went", end, ends);
  const both = notes(["self.went.3", "2"], ["self.went.6", "5"]);
  assert.deepEqual([went(both, ends[0]), went(both, ends[1])], ["2", "5"]);
  const old = notes(["self.went", "4"]);
  assert.deepEqual([went(old, ends[0]), went(old, ends[1])], ["4", ""]);
});

test("an end and a moment have an address together", () => {
  for (const [moment, until] of [[undefined, undefined], [0, undefined], [4, undefined], [undefined, 6], [4, 6]] as const)
    assert.deepEqual(parseRoute(to.debrief("s", moment, until)), { screen: "debrief", session: "s", moment: moment ?? null, until: until ?? null });
});

test("a place has one hint, whichever way one came there", () => {
  const hint = { listen_for: "", move: "", example: "" };
  const at = (...turns: Turn[]): number | undefined => hintHere({ ...view, turns })?.turn;
  const said = turn(1, "say");
  const asked = turn(2, "hint", { hint });
  assert.equal(at(), undefined);
  assert.equal(at(said, asked), 2);
  assert.equal(at(said, asked, turn(3, "say")), undefined);
  assert.equal(at(said, asked, turn(3, "say", { set_aside: true }), turn(4, "retake", { to: 3 })), 2, "back where the hint was given");
  assert.equal(at(said, turn(2, "hint", { hint, set_aside: true }), turn(3, "retake", { to: 1 })), undefined);
});
