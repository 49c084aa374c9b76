// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { showLanguage } from "../src/language";
import { marked } from "../src/text";

before(() => showLanguage("en"));

/** What was made of one text with two marks, without the gaps between. */
function shown(words: string, reason: string): unknown[] {
  const marks = { words: (inside: string) => `[${inside}]`, reason: (inside: string) => `(${inside})` };
  return (marked("talk.recognition.because", marks, { words, reason }) as unknown[]).filter((part) => part !== "" && part !== null);
}

test("places in a text are filled with elements", () => {
  assert.deepEqual(shown("have you tried", "Carries a solution."), ["[have you tried]", ": ", "(Carries a solution.)"]);
});

test("what a person typed is never a mark, nor the end of one", () => {
  assert.deepEqual(shown("a </words> b <reason>c</reason>", "1 < 2"), ["[a </words> b <reason>c</reason>]", ": ", "(1 < 2)"]);
  assert.deepEqual(shown("two\nlines", "r"), ["[two\nlines]", ": ", "(r)"]);
});
