// SPDX-License-Identifier: Apache-2.0
// Every screen is a file of its own, with its styles, fetched when somebody goes there, or before that when there is time.
import { fetchAll } from "./language";
import type { Route } from "./route";
import { fetchSheet, type Sheet } from "./styles";

const FILES = {
  home: () => import("./home/Home"),
  brief: () => import("./home/Brief"),
  talk: () => import("./talk/Talk"),
  debrief: () => import("./debrief/Debrief"),
  contrast: () => import("./contrast/ContrastPage"),
  compare: () => import("./contrast/ComparePage"),
  trainers: () => import("./trainers/Trainers"),
  progress: () => import("./progress/ProgressPage"),
  settings: () => import("./settings/SettingsPage"),
  unknown: () => import("./home/Unknown"),
} satisfies Record<Route["screen"], () => Promise<object>>;

export type Screen = keyof typeof FILES;
export const SCREENS = Object.keys(FILES) as Screen[];
type Parts<S extends Screen> = Awaited<ReturnType<(typeof FILES)[S]>>;

const SHEETS: Record<Screen, Sheet[]> = {
  home: ["common", "home"],
  brief: ["common", "home"],
  talk: [],
  debrief: ["common", "said", "debrief"],
  contrast: ["common", "home"],
  compare: ["common", "said", "contrast"],
  trainers: ["common", "home"],
  progress: ["common", "debrief"],
  settings: ["common", "settings"],
  unknown: ["common"],
};

const here: { [S in Screen]?: Parts<S> } = {};

export const isHere = (screen: Screen): boolean => screen in here;

/** What the file of a screen offers; only once it is here. */
export function partsOf<S extends Screen>(screen: S): Parts<S> {
  const parts = here[screen];
  if (!parts) throw new Error(`${screen} is not here yet`);
  return parts;
}

/** Rejects when it cannot be fetched: no connection, or a server that has other files by now. */
export async function fetchScreen<S extends Screen>(screen: S): Promise<void> {
  if (isHere(screen)) return;
  const texts = screen === "talk" ? [] : [fetchAll()];
  const [parts] = await Promise.all([FILES[screen](), ...texts, ...SHEETS[screen].map(fetchSheet)]);
  here[screen] = parts as (typeof here)[S];
}
