// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { RpcError } from "../src/connection";
import { figure, type Measure } from "../src/debrief/figures";
import { measureMeaning, measureName, measureSource, nextStep } from "../src/debrief/worded";
import { LANGUAGES, showLanguage } from "../src/language";
import { words } from "../src/practice";
import type { Debrief } from "../src/protocol";

const telling: Measure = {
  id: "telling_share",
  name: "Telling",
  headline: true,
  count: 3,
  of: 12,
  per: "message",
  band: "developing",
  permitted: 2,
  meaning: "Messages with advice. Told after asking: 2. This time it is between the poor sessions and the good ones.",
  source: "AnnoMI",
};
const debrief = {
  case: { id: "c", title: "A case", language: "en", mode: "coaching", character: "Priya" },
  next: { id: "advised", count: 2, what: "Ask first.", why: "You gave advice 2 times.", example: "What have you thought of?", general: true },
} as Debrief;

describe("what the server words, in English pages", () => {
  before(() => showLanguage("en"));
  test("it stands as it came", () => {
    assert.equal(measureName(telling), "Telling");
    assert.equal(measureMeaning(telling, debrief.case), telling.meaning);
    assert.equal(measureSource(telling, "coaching"), "AnnoMI");
    assert.deepEqual(nextStep(debrief), { what: "Ask first.", why: "You gave advice 2 times.", example: "What have you thought of?", general: true });
    assert.equal(words(new RpcError("The server is busy.", { key: "server_busy", status: "limit" })), "The server is busy.");
  });
});

describe("what the server words, in French pages", () => {
  before(() => showLanguage("fr"));
  after(() => showLanguage("en"));

  test("a measure says in French what it is, how much was asked for, and how it was this time", () => {
    assert.equal(measureName(telling), "Apports");
    const meaning = measureMeaning(telling, debrief.case);
    assert.match(meaning, /En coaching, on vise zéro/);
    assert.match(meaning, /permission\u00a0: 2\. Cette fois, c’est entre les mauvaises séances et les bonnes\.$/);
    assert.doesNotMatch(measureMeaning({ ...telling, permitted: null, band: null }, debrief.case), /Cette fois|permission\u00a0:/);
    assert.match(measureMeaning(telling, { ...debrief.case, mode: "mentoring" }), /En mentorat, apporter fait partie du rôle.*2, compris dans ce nombre\./);
    assert.match(measureSource(telling, "mentoring"), /Clutterbuck/);
    assert.deepEqual(figure(telling, true), { value: "3 sur 12", share: "25\u00a0%" });
  });
  test("one thing to try counts as French counts; an example from the conversation stays as it is", () => {
    assert.match(nextStep(debrief).why, /conseil 2 fois sans demander d’abord\. Priya ne peut/);
    assert.match(nextStep({ ...debrief, next: { ...debrief.next, count: 1 } }).why, /conseil une fois sans/);
    assert.equal(nextStep(debrief).example, "À quoi avez-vous déjà pensé\u00a0?");
    assert.equal(nextStep({ ...debrief, next: { ...debrief.next, general: false } }).example, "What have you thought of?");
  });
  test("an error is known by its key; one that is not stays as the server said it", () => {
    assert.match(words(new RpcError("The server is busy.", { key: "server_busy", status: "limit" })), /^Le serveur est très occupé/);
    assert.equal(words(new RpcError("Something new.", { key: "something_new", status: "invalid" })), "Something new.");
  });
  test("what has no French yet stands as it came", () => {
    const other = { ...telling, id: "a_new_measure" };
    assert.deepEqual([measureName(other), measureMeaning(other, debrief.case)], ["Telling", telling.meaning]);
  });
});

test("a translation asks for no blank that nobody fills in", async () => {
  const filled: [RegExp, object][] = [
    [/^served\.measure\.permitted$/, { count: 2 }],
    [/^served\.measure\.band$/, { band: "steady" }],
    [/^served\.measure\.\w+\.meaning$/, { character: "Priya" }],
    [/^served\.next\.\w+\.what$/, { character: "Priya" }],
    [/^served\.next\.\w+\.why$/, { character: "Priya", count: 2 }],
    [/^served\.best\.recognised$/, { technique: "summary" }],
    [/^served\.best\.taken_up$/, { words: "so tired" }],
    [/^served\.best\.moved$/, { label: "Trust", before: 1, after: 2 }],
    [/^served\.best\./, { character: "Priya" }],
  ];
  for (const { rest } of Object.values(LANGUAGES)) {
    const said = Object.entries((await rest()).default).filter(([key]) => key.startsWith("served."));
    for (const [key, say] of said)
      for (const mode of ["coaching", "mentoring"])
        assert.doesNotMatch(say({ ...filled.find(([ids]) => ids.test(key))?.[1], mode }), /undefined|NaN/, key);
  }
});
