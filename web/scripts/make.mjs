// SPDX-License-Identifier: Apache-2.0
// Makes what the client is compiled with and nobody writes by hand, in src/made.
import { makeMessages } from "./messages.mjs";
import { makeProtocol } from "./protocol.mjs";

await makeProtocol();
makeMessages();
