// SPDX-License-Identifier: Apache-2.0
// The texts of the interface: messages/LANGUAGE/PART.json, in ICU MessageFormat, become one module a language and the types
// that every use of a text is checked against. messages/README.md says how to write them and how to add a language.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import MessageFormat from "@messageformat/core";
import compileModule from "@messageformat/core/compile-module.js";
import { parse } from "@messageformat/parser";

const written = fileURLToPath(new URL("../messages", import.meta.url));
const made = fileURLToPath(new URL("../src/made/messages", import.meta.url));
/** What the others are translations of. */
const ORIGINAL = "en";

/** What the server words itself, by id: a part that only translations have. */
const SERVED = "served.";

/** What a conversation begins with; the rest of what it needs comes with the first message, and the others' with them. */
const FIRST =
  /^(app|link|parts\.(?!stranger)|practice|words\.mode)\b|^talk\.(composer|drill|feedback|head|length|log|page|spoken|stages)\b|^served\.notice$/;

/** What only other screens say. */
const SCREENS = /^(debrief|home|progress|settings|trainers)\./;

const pieceOf = (key) => (FIRST.test(key) ? "first" : SCREENS.test(key) ? "screens" : "rest");

/** All parts of a language; each key begins with the name of its part. */
function read(language) {
  const messages = {};
  for (const name of readdirSync(join(written, language))) {
    const part = JSON.parse(readFileSync(join(written, language, name), "utf8"));
    const stray = Object.keys(part).find((key) => !key.startsWith(`${basename(name, ".json")}.`));
    if (stray) throw new Error(`messages/${language}/${name}: "${stray}" belongs into another file, or should begin with "${basename(name, ".json")}."`);
    Object.assign(messages, part);
  }
  return messages;
}

/** The forms that a language has for numbers. */
const forms = (language, type) => new Intl.PluralRules(language, { type }).resolvedOptions().pluralCategories;

/** What a message is filled in with: name to type. What is counted or formatted is a number. */
function blanks(message, language) {
  const found = new Map();
  const visit = (tokens) => {
    for (const { type, arg, cases } of tokens) {
      if (arg === undefined) continue;
      if (type !== "argument" && type !== "select") found.set(arg, "number");
      else if (!found.has(arg)) found.set(arg, "string");
      if (cases && !cases.some(({ key }) => key === "other")) throw new Error(`{${arg}} says nothing for "other"`);
      for (const { tokens: inner } of cases ?? []) visit(inner);
    }
  };
  visit(parse(message, { strict: true, cardinal: forms(language, "cardinal"), ordinal: forms(language, "ordinal") }));
  return new Map([...found].sort());
}

/** The names in angle brackets: places for an element of the page. */
const marks = (message) => [...new Set(message.match(/<\/?\w+>/g))].sort().join(" ");

function faultOf(language, own, original) {
  if (typeof own !== "string" || own.trim() === "") return `is missing. In ${ORIGINAL} it is: ${original}`;
  let names;
  try {
    names = [...blanks(own, language).keys()].join(", ");
  } catch (error) {
    return `cannot be read: ${error.message}`;
  }
  const wanted = [...blanks(original, ORIGINAL).keys()].join(", ");
  if (names !== wanted) return `fills in {${names}} where ${ORIGINAL} fills in {${wanted}}.`;
  if (marks(own) !== marks(original)) return `marks ${marks(own) || "nothing"} where ${ORIGINAL} marks ${marks(original) || "nothing"}.`;
  return null;
}

/** What keeps a translation from standing in for the original, a sentence each. */
export function faults(language, messages, original) {
  const wrong = Object.entries(original).map(([key, text]) => [key, faultOf(language, messages[key], text)]);
  const strange = Object.keys(messages).filter((key) => !(key in original) && !key.startsWith(SERVED)).map((key) => [key, `is not in ${ORIGINAL}; take it out.`]);
  return [...wrong, ...strange].filter(([, fault]) => fault).map(([key, fault]) => `messages/${language}: "${key}" ${fault}`);
}

export function makeMessages() {
  const original = read(ORIGINAL);
  const languages = readdirSync(written, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const found = languages.flatMap((language) => faults(language, read(language), original));
  if (found.length > 0) throw new Error(found.join("\n"));
  mkdirSync(made, { recursive: true });
  for (const language of languages) {
    for (const piece of ["first", "rest", "screens"]) {
      const texts = Object.fromEntries(Object.entries(read(language)).filter(([key]) => pieceOf(key) === piece));
      const path = join(made, `${language}_${piece}`);
      writeFileSync(`${path}.js`, compileModule(new MessageFormat(language), texts));
      writeFileSync(`${path}.d.ts`, "declare const messages: Record<string, (blanks?: object) => string>;\nexport default messages;\n");
    }
  }
  const members = Object.entries(original).map(([key, message]) => {
    const names = [...blanks(message, ORIGINAL)].map(([name, type]) => `${name}: ${type}`).join("; ");
    return `  ${JSON.stringify(key)}: [${names && `{ ${names} }`}];`;
  });
  writeFileSync(join(made, "blanks.d.ts"), `/** What each message is filled in with; made from messages/${ORIGINAL}. */\nexport interface Blanks {\n${members.join("\n")}\n}\n`);
}
