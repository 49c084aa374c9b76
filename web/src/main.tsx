// SPDX-License-Identifier: Apache-2.0
import { render } from "preact";
import { App } from "./App";
import { Connection } from "./connection";
import { showLanguage, wantedLanguage } from "./language";
import { Library } from "./library";
import { watchRoute } from "./route";
import { startSettings } from "./settings";
import { startTheme } from "./theme";
import { browserWorld } from "./world";
import "./tokens.css";
import "./base.css";
import "./home.css";
import "./talk.css";
import "./composer.css";
import "./debrief.css";
import "./contrast.css";
import "./settings.css";

startTheme();
startSettings();
const connection = new Connection(browserWorld);
const library = new Library(connection);
connection.start();
addEventListener("online", () => connection.nudge());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") connection.nudge();
});

const root = document.getElementById("app");
if (root) {
  const route = watchRoute();
  void showLanguage(wantedLanguage()).then(() => {
    root.replaceChildren();
    render(<App connection={connection} library={library} route={route} />, root);
  });
}

/** The shell is kept from the first visit on: what was loaded before the worker took over is asked for once more. */
async function keepShell(): Promise<void> {
  const workers = navigator.serviceWorker;
  const inCharge = new Promise((done) => workers.addEventListener("controllerchange", done, { once: true }));
  await workers.register("/sw.js");
  if (workers.controller) return;
  await inCharge;
  const own = [...document.querySelectorAll<HTMLScriptElement | HTMLLinkElement>("script[src], link[href]")];
  await Promise.all(["/", ...own.map((element) => ("src" in element ? element.src : element.href))].map((address) => fetch(address)));
}

// Only where the page may have one, over HTTPS or on this machine, and not while the client is being worked on.
if ("serviceWorker" in navigator && document.querySelector('script[src^="/assets/"]')) {
  addEventListener("load", () => {
    keepShell().catch(() => undefined);
  });
}
