// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, test } from "node:test";
import { faults } from "../scripts/messages.mjs";
import { LANGUAGES, type Language, showLanguage } from "../src/language";
import { list, marked, number, served, text, when } from "../src/text";
import { toldIn } from "../src/home/caseWords";

// `npm test` runs in the folder of the client.
const WRITTEN = join(process.cwd(), "messages");
const SPACE = "\u00a0";

const catalogue = (language: string): Record<string, string> =>
  Object.assign({}, ...readdirSync(join(WRITTEN, language)).map((name) => JSON.parse(readFileSync(join(WRITTEN, language, name), "utf8")))) as Record<string, string>;

/** Plain and insecable spaces look alike in a message of a failed test. */
const plain = (shown: string): string => shown.replace(/[\u00a0\u202f]/g, "~");

afterEach(() => showLanguage("en"));

describe("what keeps a translation from standing in for the original", () => {
  const original = {
    "a.greeting": "Hello {name}",
    "a.count": "{count, plural, one {# message} other {# messages}}",
    "a.mode": "{mode, select, coaching {You ask} other {You tell}}",
    "a.link": "See <link>the guide</link>",
  };
  const translation = {
    "a.greeting": "Bonjour {name}",
    "a.count": "{count, plural, one {# message} other {# messages}}",
    "a.mode": "{mode, select, coaching {Vous demandez} other {Vous dites}}",
    "a.link": "Voir <link>le guide</link>",
  };
  const found = (change: Record<string, unknown>): string[] => faults("fr", { ...translation, ...change }, original);

  test("a whole one has no fault, in another order and with more forms", () => {
    assert.deepEqual(found({}), []);
    assert.deepEqual(found({ "a.link": "<link>Le guide</link> à lire", "a.count": "{count, plural, =0 {rien} one {# message} other {# messages}}" }), []);
    assert.deepEqual(found({ "served.error.too_fast": "Attendez." }), [], "what the server words is not in the original");
  });

  for (const [name, change, expect] of [
    ["a text that is missing", { "a.greeting": undefined }, /^messages\/fr: "a\.greeting" is missing\. In en it is: Hello \{name\}$/],
    ["an empty text", { "a.greeting": " " }, /"a\.greeting" is missing/],
    ["a text that is no text", { "a.greeting": 7 }, /"a\.greeting" is missing/],
    ["another blank", { "a.greeting": "Bonjour {nom}" }, /"a\.greeting" fills in \{nom\} where en fills in \{name\}\./],
    ["a blank too few", { "a.count": "des messages" }, /"a\.count" fills in \{\} where en fills in \{count\}\./],
    ["a blank too many within a form", { "a.mode": "{mode, select, coaching {Vous demandez {name}} other {Vous dites}}" }, /fills in \{mode, name\} where en fills in \{mode\}/],
    ["another mark", { "a.link": "Voir <strong>le guide</strong>" }, /"a\.link" marks <\/strong> <strong> where en marks <\/link> <link>\./],
    ["a mark that is not closed", { "a.link": "Voir <link>le guide" }, /"a\.link" marks <link> where en marks/],
    ["no mark", { "a.link": "Voir le guide" }, /"a\.link" marks nothing where/],
    ["a mark where there is none", { "a.greeting": "<b>Bonjour</b> {name}" }, /"a\.greeting" marks <\/b> <b> where en marks nothing\./],
    ["a brace that is not closed", { "a.greeting": "Bonjour {name" }, /"a\.greeting" cannot be read: /],
    ["a plural without its last form", { "a.count": "{count, plural, one {# message}}" }, /"a\.count" cannot be read: \{count\} says nothing for "other"/],
    ["a choice without its last form", { "a.mode": "{mode, select, coaching {Vous demandez}}" }, /"a\.mode" cannot be read: /],
    ["a form that the language does not have", { "a.count": "{count, plural, few {#} other {#}}" }, /"a\.count" cannot be read: The plural case few is not valid/],
    ["a key that the original does not have", { "a.farewell": "Adieu" }, /"a\.farewell" is not in en; take it out\.$/],
  ] as [string, Record<string, unknown>, RegExp][])
    test(name, () => {
      const told = found(change);
      assert.equal(told.length, 1, told.join("\n"));
      assert.match(told[0] ?? "", expect);
    });
});

describe("each language, as it is shipped", () => {
  const original = catalogue("en");
  for (const language of Object.keys(LANGUAGES) as Language[]) {
    test(`${language} is whole`, () => assert.deepEqual(faults(language, catalogue(language), original), []));
    test(`${language} is what the page is shown in`, async () => {
      await showLanguage(language);
      assert.equal(text("home.session.continue", { name: "Ana", kind: "coaching", time: "12:00" }).replace(/<\/?unseen>/g, ""), {
        en: "Continue with Ana: coaching, 12:00", fr: "Reprendre avec Ana\u00a0: coaching, 12:00",
      }[language]);
    });
  }

  test("what is typed as French has French spaces and apostrophes", () => {
    const wrong = Object.entries(catalogue("fr")).filter(([, written]) => {
      // The marks of the format are not typed.
      const typed = written.replace(/<\/?\w+>/g, "").replace(/\{\w+, (plural|select)(, |,)/g, "{");
      return /[^\u00a0\u202f\s][;:!?»](?=\s|$|[}<])/.test(typed.replace(/\w+:(?=\/\/)/g, "")) || / [;:!?»]/.test(typed) || /«[^\u00a0\u202f]/.test(typed) || /\p{L}'\p{L}/u.test(typed);
    });
    assert.deepEqual(wrong.map(([key, written]) => `${key}: ${plain(written)}`), []);
  });
});

describe("texts are filled in as the language writes", () => {
  test("numbers and forms by number", async () => {
    assert.equal(text("trainers.in_service", { count: 1 }), "1 case in service.");
    assert.equal(text("trainers.in_service", { count: 1234 }), "1,234 cases in service.");
    assert.equal(text("home.session.facts", { name: "Ana", time: "now", turns: 0 }), "with Ana · now · 0 turns");
    assert.equal(text("words.minutes", { count: 0 }), "under a minute");
    await showLanguage("fr");
    assert.equal(plain(text("trainers.in_service", { count: 1234 })), "1~234 cas en service.");
    assert.equal(text("home.session.facts", { name: "Ana", time: "là", turns: 0 }), "avec Ana · là · 0 tour de parole", "none is one in French");
    assert.equal(text("home.session.facts", { name: "Ana", time: "là", turns: 2 }), "avec Ana · là · 2 tours de parole");
    assert.equal(text("words.minutes", { count: 0 }), "moins d’une minute");
  });

  test("by a word, and a word that is not known stays", async () => {
    assert.equal(text("words.level", { id: "first_steps", level: "first steps" }), "first steps");
    await showLanguage("fr");
    assert.equal(text("words.level", { id: "first_steps", level: "first steps" }), "premiers pas");
    assert.equal(text("words.level", { id: "uphill", level: "uphill" }), "uphill");
  });

  test("places for elements, where the language has them", async () => {
    const shown = (): unknown[] => {
      const parts = marked("home.person", { role: (inside) => ({ role: inside }) }, { name: "Ana", role: "chef <de> projet" });
      return (parts as unknown[]).filter((part) => part !== null && part !== "");
    };
    assert.deepEqual(shown(), ["Ana, ", { role: "chef <de> projet" }]);
    await showLanguage("fr");
    assert.deepEqual(shown(), ["Ana, ", { role: "chef <de> projet" }]);
    assert.deepEqual(marked("home.brief.map", {}, { model: "GROW" }), [`Une carte pour la conversation${SPACE}: `, null, "GROW", ""], "no element: the words alone");
  });

  test("lists", async () => {
    assert.deepEqual([[], ["a"], ["a", "b"], ["a", "b", "c"]].map(list), ["", "a", "a and b", "a, b and c"]);
    await showLanguage("fr");
    assert.deepEqual([["a"], ["a", "b"], ["a", "b", "c"]].map(list), ["a", "a et b", "a, b et c"]);
  });

  test("numbers alone", async () => {
    assert.deepEqual([number(14.25, 1), number(14.25), number(1234), number(0.5, 2)], ["14.3", "14", "1,234", "0.5"]);
    await showLanguage("fr");
    assert.deepEqual([number(14.25, 1), number(1234)].map(plain), ["14,3", "1~234"]);
  });

  test("times; what is no time stays as it is", async () => {
    assert.match(when("2026-03-04T12:05:00Z"), /^4 Mar 2026, \d\d:\d\d$/);
    assert.equal(when("soon"), "soon");
    await showLanguage("fr");
    assert.match(when("2026-03-04T12:05:00Z"), /^4 mars 2026,? (à )?\d\d:\d\d$/);
    assert.equal(when(""), "");
  });

  test("what the server words, where its translation is known", async () => {
    assert.equal(served("notice", "Simulated."), "Simulated.");
    await showLanguage("fr");
    assert.equal(served("no.such.id", "As it came."), "As it came.");
  });

  test("what is told in another language says so", async () => {
    assert.deepEqual(["en", "en-GB", "fr"].map(toldIn), [null, null, "in French"]);
    await showLanguage("fr");
    assert.deepEqual(["fr", "en", "cy"].map(toldIn), [null, "en anglais", "en gallois"]);
  });
});
