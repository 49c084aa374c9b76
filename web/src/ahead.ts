// SPDX-License-Identifier: Apache-2.0
// Asks for what a screen will show while the screen itself is still on its way.
import type { Connection } from "./connection";
import type { Route } from "./route";
import { readStarting } from "./starting";

export function askAhead(connection: Connection, route: Route): void {
  switch (route.screen) {
    case "home":
      connection.askAhead("library.list", {});
      connection.askAhead("session.list", {});
      connection.askAhead("drill.list", {});
      break;
    case "brief":
      connection.askAhead("library.case", { script: route.script });
      break;
    case "talk":
      if (readStarting(route.session) === null) connection.askAhead("session.open", { session: route.session });
      break;
    case "debrief":
      connection.askAhead("session.debrief", { session: route.session, ...(route.until === null ? {} : { ended_turn: route.until }) });
      connection.askAhead("session.open", { session: route.session });
      break;
    case "compare":
      connection.askAhead("session.open", { session: route.session });
      break;
    case "contrast":
      for (const side of ["coaching", "mentoring"]) connection.askAhead("library.case", { script: `${route.contrast}.${side}` });
      break;
    case "progress":
      connection.askAhead("session.list", {});
      break;
    case "trainers":
      connection.askAhead("library.findings", {});
      break;
    case "settings":
    case "unknown":
      break;
  }
}
