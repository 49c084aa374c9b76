// SPDX-License-Identifier: Apache-2.0
// Where the program and what it comes with are.
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const binary = resolve(root, process.env.ASKWELL_BIN ?? "build/release/server/askwell");
export const shipped = resolve(root, "dialogues");
