// SPDX-License-Identifier: Apache-2.0
// Which screen is shown, from the part of the address after "#", so that one page serves every address.
import { Observable } from "./watched";

export type Route =
  | { screen: "home" }
  | { screen: "brief"; script: string }
  | { screen: "talk"; session: string; moment: number | null }
  | { screen: "debrief"; session: string; moment: number | null; until: number | null }
  | { screen: "contrast"; contrast: string }
  | { screen: "compare"; session: string }
  | { screen: "trainers" }
  | { screen: "settings" }
  | { screen: "progress" }
  | { screen: "unknown" };

export function parseRoute(hash: string): Route {
  const [screen = "", id = "", moment = "", until = ""] = hash.replace(/^#\/?/, "").split("/").map(decode);
  const numberIn = (part: string): number | null => (/^\d+$/.test(part) ? Number(part) : null);
  const number = numberIn(moment);
  if (screen === "") return { screen: "home" };
  if (screen === "case" && id) return { screen: "brief", script: id };
  if (screen === "talk" && id) return { screen: "talk", session: id, moment: number };
  if (screen === "debrief" && id) return { screen: "debrief", session: id, moment: number, until: numberIn(until) };
  if (screen === "contrast" && id) return { screen: "contrast", contrast: id };
  if (screen === "compare" && id) return { screen: "compare", session: id };
  if (screen === "trainers") return { screen: "trainers" };
  if (screen === "settings") return { screen: "settings" };
  if (screen === "progress") return { screen: "progress" };
  return { screen: "unknown" };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function watchRoute(): Observable<Route> {
  const route = new Observable(parseRoute(location.hash));
  addEventListener("hashchange", () => route.set(parseRoute(location.hash)));
  return route;
}
