// SPDX-License-Identifier: Apache-2.0
// The styles of a screen come with it; those that a conversation begins with come with the page. They stand in one order
// whatever came first, and what could not be fetched is asked for anew the next time.
import common from "./sheets/common.css?url";
import contrast from "./sheets/contrast.css?url";
import debrief from "./sheets/debrief.css?url";
import home from "./sheets/home.css?url";
import said from "./sheets/said.css?url";
import settings from "./sheets/settings.css?url";

/** In the order in which they overrule each other. */
const SHEETS = { common, home, said, debrief, contrast, settings };
export type Sheet = keyof typeof SHEETS;

const ORDER = Object.keys(SHEETS) as Sheet[];
const coming = new Map<Sheet, { link: HTMLLinkElement; here: Promise<void> }>();

export function fetchSheet(sheet: Sheet): Promise<void> {
  const known = coming.get(sheet);
  if (known) return known.here;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = SHEETS[sheet];
  const here = new Promise<void>((done, lost) => {
    link.onload = () => done();
    link.onerror = () => {
      coming.delete(sheet);
      link.remove();
      lost(new Error(`${link.href} could not be fetched`));
    };
  });
  const after = ORDER.slice(ORDER.indexOf(sheet) + 1).find((other) => coming.has(other));
  document.head.insertBefore(link, (after && coming.get(after)?.link) ?? null);
  coming.set(sheet, { link, here });
  return here;
}
