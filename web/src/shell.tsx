// SPDX-License-Identifier: Apache-2.0
// The frame that every screen stands in.
import { render } from "preact";
import { App } from "./App";
import type { Connection } from "./connection";
import type { Route } from "./route";
import { startSettings } from "./settings";
import type { Observable } from "./watched";

export function show(root: HTMLElement, connection: Connection, route: Observable<Route>): void {
  startSettings();
  root.replaceChildren();
  render(<App connection={connection} route={route} />, root);
}
