// SPDX-License-Identifier: Apache-2.0
// Starts everything that a page needs at once, none waiting for another: the line to the server and the first questions on
// it, the frame, its texts, and the screen that the address names.
import { askAhead } from "./ahead";
import { Connection } from "./connection";
import { beginLanguage, wantedLanguage } from "./language";
import { watchRoute } from "./route";
import { fetchOthers, fetchScreen } from "./screens";
import { startTheme } from "./theme";
import { browserWorld } from "./world";
import "./tokens.css";
import "./base.css";

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
  // Whatever is not needed now waits for what is. The worker comes last and finds most of it in the browser's own store.
  await screen;
  await connection.answered();
  await fetchOthers().catch(() => undefined);
  keepShell();
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

/** Only where the page may have a worker, over HTTPS or on this machine, and not while the client is being worked on. */
function keepShell(): void {
  if ("serviceWorker" in navigator && document.querySelector('script[src^="/assets/"]')) {
    navigator.serviceWorker.register("/sw.js").catch(() => undefined);
  }
}
