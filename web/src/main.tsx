// SPDX-License-Identifier: Apache-2.0
import { render } from "preact";
import { App } from "./App";
import { Connection } from "./connection";
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
  root.replaceChildren();
  render(<App connection={connection} library={library} route={watchRoute()} />, root);
}
