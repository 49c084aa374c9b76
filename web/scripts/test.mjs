// SPDX-License-Identifier: Apache-2.0
// Runs the unit tests with Node's own runner: those of the client bundled, those of the scripts as they are.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const tests = fileURLToPath(new URL("../test", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "askwell-web-"));
try {
  const names = readdirSync(tests).filter((name) => name.endsWith(".test.ts"));
  buildSync({
    entryPoints: names.map((name) => join(tests, name)),
    bundle: true,
    platform: "node",
    format: "esm",
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    sourcemap: "inline",
  });
  const files = [
    ...names.map((name) => join(folder, name.replace(/\.ts$/, ".mjs"))),
    ...readdirSync(tests).filter((name) => name.endsWith(".test.mjs")).map((name) => join(tests, name)),
  ];
  process.exitCode = spawnSync(process.execPath, ["--test", ...files], { stdio: "inherit" }).status ?? 1;
} finally {
  rmSync(folder, { recursive: true });
}
