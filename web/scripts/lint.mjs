// SPDX-License-Identifier: Apache-2.0
// What the compiler cannot see: no markup from text, nothing inline that the Content-Security-Policy forbids, no address
// of another machine, a licence line in every file.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

const BANNED = [
  [/\b(innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML)\b/, "markup from text; build elements instead"],
  [/\bdocument\.write\b|\beval\s*\(|\bnew Function\b/, "code or markup from text"],
  [/\bstyle="/, "an inline style, which the Content-Security-Policy refuses"],
  [/\bsetAttribute\(\s*["']style/, "an inline style, which the Content-Security-Policy refuses"],
  [/["'`(](https?:)?\/\/(?!127\.0\.0\.1)[a-z]/i, "an address of another machine"],
  [/\bdata:[a-z]+\//, "a data: address, which the Content-Security-Policy refuses"],
  [/^export let\b/, "an export that is set later; what stands in the page leaves its exports in a register"],
  [/\bTODO\b|\bFIXME\b/, "an unfinished thought"],
];

function files(folder) {
  return readdirSync(join(root, folder)).flatMap((name) => {
    const path = join(folder, name);
    return statSync(join(root, path)).isDirectory() ? files(path) : [path];
  });
}

const sources = [...["src", "test", "scripts", "public", "worker"].flatMap(files), "index.html", "vite.config.js"].filter((path) => !path.startsWith("src/made/"));
let findings = 0;
for (const path of sources.filter((name) => /\.(tsx?|m?js|css|html)$/.test(name))) {
  const lines = readFileSync(join(root, path), "utf8").split("\n");
  const report = (line, text) => {
    findings++;
    console.error(`${path}:${line}: ${text}`);
  };
  if (!lines.slice(0, 2).some((line) => line.includes("SPDX-License-Identifier: Apache-2.0"))) report(1, "no licence line");
  if (path.endsWith("lint.mjs")) continue;
  lines.forEach((line, index) => {
    for (const [pattern, text] of BANNED) if (pattern.test(line)) report(index + 1, text);
  });
}
console.log(findings === 0 ? `${sources.length} files, nothing found` : `${findings} found`);
process.exit(findings === 0 ? 0 : 1);
