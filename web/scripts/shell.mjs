// SPDX-License-Identifier: Apache-2.0
// After the build the worker learns what belongs to this version, and each text gets a tighter compressed form beside it, for
// browsers that take it.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

const worker = fileURLToPath(new URL("../worker/sw.js", import.meta.url));
const TEXT = /\.(html|js|css|svg|json)$/;
const WORTH_BYTES = 256;

function files(folder, under = "") {
  return readdirSync(join(folder, under), { withFileTypes: true }).flatMap((entry) => {
    const path = join(under, entry.name);
    return entry.isDirectory() ? files(folder, path) : [path];
  });
}

function compress(path) {
  const text = readFileSync(path);
  const brotli = brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: text.length } });
  if (text.length > WORTH_BYTES && brotli.length + 64 < text.length) writeFileSync(`${path}.br`, brotli);
}

export function shell() {
  return {
    name: "askwell-shell",
    apply: "build",
    writeBundle({ dir: out }) {
      const page = readFileSync(join(out, "index.html"));
      const assets = files(out, "assets").map((path) => `/${path.replaceAll("\\", "/")}`).sort();
      const version = createHash("sha256").update(page).update(assets.join("\n")).digest("hex").slice(0, 12);
      writeFileSync(join(out, "sw.js"), readFileSync(worker, "utf8").replace("THIS_VERSION", JSON.stringify({ version, assets })));
      files(out).filter((path) => TEXT.test(path)).forEach((path) => compress(join(out, path)));
    },
  };
}
