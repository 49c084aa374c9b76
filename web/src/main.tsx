// SPDX-License-Identifier: Apache-2.0
// Starts everything that a page needs at once, none waiting for another: the line to the server and the first questions on
// it, the frame, its texts, and the screen that the address names.
import { askAhead } from "./ahead";
import { Connection } from "./connection";
import { idle } from "./idle";
import { beginLanguage, wantedLanguage } from "./language";
import { watchRoute } from "./route";
import { fetchScreen } from "./screens";
import { startTheme } from "./theme";
import { browserWorld } from "./world";
import "./tokens.css";
import "./base.css";
import "./talk.css";
import "./composer.css";

startTheme();
const route = watchRoute();
const connection = new Connection(browserWorld);
connection.start();
askAhead(connection, route.value);
route.watch(() => connection.forgetAhead());
addEventListener("online", () => connection.nudge());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") connection.nudge();
});

const root = document.getElementById("app");
if (root) void start(root);

async function start(root: HTMLElement): Promise<void> {
  const texts = beginLanguage(wantedLanguage());
  // Should it not come, the frame says so.
  const screen = fetchScreen(route.value.screen).catch(() => undefined);
  try {
    const [shell] = await Promise.all([import("./shell"), texts]);
    shell.show(root, connection, route);
  } catch {
    sayLost(root);
    return;
  }
  // Whatever is not needed now waits for what is.
  await screen;
  await connection.answered();
  await idle();
  void import("./later").then(({ fetchLater }) => fetchLater()).catch(() => undefined);
}

/** Without the frame and its texts, in what there is. */
function sayLost(root: HTMLElement): void {
  const words = document.createElement("p");
  words.setAttribute("role", "alert");
  words.textContent = "Askwell could not be fetched from the server. Check the connection, then load it again. Nothing that you typed is lost.";
  const again = document.createElement("button");
  again.type = "button";
  again.textContent = "Load it again";
  again.onclick = () => location.reload();
  root.replaceChildren(words, again);
}
