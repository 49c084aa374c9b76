// SPDX-License-Identifier: Apache-2.0
// How long from starting the program to the first answered turn, in milliseconds: the median of TIMES starts on one
// folder (10). Signing in, opening the socket and starting the conversation are part of it. Usage: cold.mjs FOLDER [TIMES]
import { startServer } from "../wire/server.mjs";
import { begin, say, trainee } from "../wire/trainee.mjs";

const data = process.argv[2];
const times = Number(process.argv[3] ?? 10);
const took = [];
for (let count = 0; count < times; count++) {
  const began = process.hrtime.bigint();
  const server = await startServer({ data });
  const client = await trainee(server);
  const { session } = await begin(client);
  await say(client, session, 1, "What would you like to talk about today?");
  took.push(Number(process.hrtime.bigint() - began) / 1e6);
  await client.close();
  await server.stop();
}
took.sort((a, b) => a - b);
console.log(took[Math.floor(took.length / 2)].toFixed(0));
