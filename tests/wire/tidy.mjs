// SPDX-License-Identifier: Apache-2.0
// Imported by every test file: a test that fails half way leaves no server behind, and no runner that waits for it.
import { after } from "node:test";
import { running } from "./server.mjs";

after(() => {
  for (const child of running) child.kill("SIGKILL");
});
