// SPDX-License-Identifier: Apache-2.0
// A drill of three exercises and a contrast of the two oldest cases, beside the shipped ones.
import { cp, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const exercise = (id, subject) => ({
  id, task: `Ask openly about ${subject}.`, line: `There is something about ${subject}.`, answer: `What is it about ${subject}?`, tries: 2,
  rules: [{ id: `${id}_open`, when: { form: "open" }, right: true, guide: ["That gives room."] }],
});
const drill = {
  kind: "drill", format: 1, id: "three_things", title: "Three things", language: "en", minutes: 3, level: "first steps", content_note: null,
  skills: ["open_question"], character: { name: "Somebody", role: "a colleague" },
  brief: { situation: "Lines.", your_role: "Ask.", aim: "Open questions." }, hint: { listen_for: "The word.", move: "Ask." }, opening: ["Here they come."], ask: 2,
  exercises: [exercise("rota", "the rota"), exercise("boss", "the boss"), exercise("chair", "the chair")],
  shown: ["One way: {answer}"],
  endings: [
    { id: "sits", title: "It sits", when: { counters: { shown: { at_most: 0 } } }, client: ["All done."], debrief: "All of them." },
    { id: "coming", title: "It comes", client: ["Some were shown."], debrief: "Some." },
  ],
  fallback: { client: ["Again.", "Once more.", "Not quite."] },
};
const contrast = {
  kind: "contrast", format: 1, id: "two_hats", title: "Two hats", language: "en", coaching: "career_plateau", mentoring: "stuck_manager",
  about: "Once each way.",
  prompts: [{ id: "whose_idea", ask: "Whose idea was that?", during: "both", when: { technique: ["advice_direct"] } }],
  between: [{ id: "agenda", ask: "Who set the agenda?" }], end: [{ id: "hat", ask: "Which hat?" }],
  rows: [{ id: "answers", dimension: "Whose answers", hint: "Look at the verbs." }, { id: "learning", dimension: "Who learns" }],
};

/** A folder with a copy of the dialogues and these two; the caller removes it. */
export async function withMadeCases() {
  const folder = await mkdtemp(join(tmpdir(), "askwell-modes-"));
  await cp(fileURLToPath(new URL("../../dialogues", import.meta.url)), join(folder, "dialogues"), { recursive: true });
  await writeFile(join(folder, "dialogues/drills/three_things.json"), JSON.stringify(drill));
  await writeFile(join(folder, "dialogues/contrast/two_hats.json"), JSON.stringify(contrast));
  return folder;
}
