// SPDX-License-Identifier: Apache-2.0
// Every screen is a file of its own, with its styles, fetched when somebody goes there, or before that when there is time.
import { fetchRest } from "./language";
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

type Screen = keyof typeof FILES;
type Parts<S extends Screen> = Awaited<ReturnType<(typeof FILES)[S]>>;

const SHEETS: Record<Screen, Sheet[]> = {
  home: ["home"],
  brief: ["home"],
  talk: ["talk"],
  debrief: ["talk", "said", "debrief"],
  contrast: ["home"],
  compare: ["talk", "said", "contrast"],
  trainers: ["home"],
  progress: ["debrief"],
  settings: ["settings"],
  unknown: [],
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
  const texts = screen === "talk" ? [] : [fetchRest()];
  const [parts] = await Promise.all([FILES[screen](), ...texts, ...SHEETS[screen].map(fetchSheet)]);
  here[screen] = parts as (typeof here)[S];
}

/** The others, one after the other, whenever nothing else is to be done; stops at the first that does not come. */
export async function fetchOthers(): Promise<void> {
  await idle();
  if (isHere("talk")) await partsOf("talk").fetchParts();
  for (const screen of Object.keys(FILES) as Screen[]) {
    if (isHere(screen)) continue;
    await idle();
    await fetchScreen(screen);
  }
}

const idle = (): Promise<void> =>
  new Promise((done) => {
    if ("requestIdleCallback" in window) requestIdleCallback(() => done(), { timeout: 5_000 });
    else setTimeout(done, 500);
  });
