// SPDX-License-Identifier: Apache-2.0
// Checking all the cases is most of a first start. A data folder remembers which files were checked, in its file `checked`,
// and the server sees by itself whether they are still the same. So a folder that is empty begins with what an earlier server
// of the same program remembered: one of this process, or for the cases that Askwell comes with, of any before.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { binary, root, shipped } from "./paths.mjs";

const kept = join(root, "tests/artefacts/checked");
const checked = new Map();
const read = (path) => (existsSync(path) ? readFileSync(path, "utf8") : "");

/** Another build may check differently. */
function program() {
  const { size, mtimeMs } = statSync(binary);
  return `${binary} ${size} ${mtimeMs}\n`;
}

export function lendChecked(data, dialogues) {
  if (!existsSync(data) || !statSync(data).isDirectory() || readdirSync(data).length > 0) return;
  const before = read(kept);
  if (!checked.has(shipped) && before.startsWith(program())) checked.set(shipped, before.slice(program().length));
  if (checked.has(dialogues)) writeFileSync(join(data, "checked"), checked.get(dialogues), { mode: 0o600 });
}

/** Once a server has started. */
export function keepChecked(data, dialogues) {
  const mark = read(join(data, "checked"));
  if (mark === "" || mark === checked.get(dialogues)) return;
  checked.set(dialogues, mark);
  if (dialogues !== shipped) return;
  mkdirSync(dirname(kept), { recursive: true });
  writeFileSync(kept, program() + mark);
}
