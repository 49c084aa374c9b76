// SPDX-License-Identifier: Apache-2.0
// Language packs and the schema that editors check them with: what the server takes, the schema takes, and the schema
// marks the slips that an author makes.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { describe, test } from "node:test";
import Ajv2020 from "ajv/dist/2020.js";

const root = new URL("../../", import.meta.url);
const read = (path) => JSON.parse(readFileSync(new URL(path, root), "utf8"));
const validate = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, strictTypes: false }).compile(
  read("dialogues/schema/pack.schema.json"),
);
const fixture = "tests/unit/fixtures/pack.json";
const packs = readdirSync(new URL("dialogues/techniques/", root))
  .filter((name) => name.endsWith(".json"))
  .map((name) => `dialogues/techniques/${name}`);

describe("packs fit the schema", () => {
  test("there is an English one", () => assert.ok(packs.includes("dialogues/techniques/en.json")));
  for (const path of [...packs, fixture])
    test(path, () => assert.ok(validate(read(path)), JSON.stringify(validate.errors?.slice(0, 5), null, 1)));
});

describe("slips do not", () => {
  const slips = {
    "a member that is missing": (pack) => delete pack.language,
    "a member that is misspelt": (pack) => (pack.rules[0].phrase = ["x"]),
    "another kind of file": (pack) => (pack.kind = "model"),
    "a later format": (pack) => (pack.format = 2),
    "a technique that does not exist": (pack) => (pack.rules[0].technique = "open"),
    "a flag as a rule's technique": (pack) => (pack.rules[0].technique = "multiple_questions"),
    "a focus that does not exist": (pack) => (pack.focus[0].id = "goals"),
    "a confidence above 100": (pack) => (pack.rules[0].confidence = 101),
    "a rule without anything to look for": (pack) => delete pack.rules[0].phrases,
    "a rule without a reason": (pack) => delete pack.rules[0].reason,
    "a misspelt condition": (pack) => (pack.rules[0].where = { marks: true }),
    "a pattern of more than 512 characters": (pack) => (pack.rules[0].patterns = ["x".repeat(513)]),
    "a technique without a name": (pack) => delete pack.techniques.empathy.name,
    "a technique without words": (pack) => delete pack.techniques.empathy,
    "a flag that does not exist": (pack) => (pack.flags.piled = pack.flags.stacked),
    "an offer that does not exist": (pack) => (pack.techniques.empathy.feedback.offer = "hug"),
    "a safety rule without the guide's words": (pack) => delete pack.safety[0].guide,
    "a mask that is missing": (pack) => delete pack.privacy[0].mask,
  };
  for (const [name, slip] of Object.entries(slips))
    test(name, () => {
      const pack = structuredClone(read(fixture));
      slip(pack);
      assert.ok(!validate(pack));
    });
  test("a note is welcome anywhere", () => {
    const pack = read(fixture);
    pack.note = pack.rules[0].note = pack.techniques.empathy.note = "for authors";
    assert.ok(validate(pack), JSON.stringify(validate.errors));
  });
});
