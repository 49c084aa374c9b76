// SPDX-License-Identifier: Apache-2.0
// Why no case is left of a choice, and the least that would have to be given up for some.
import type { CaseSummary } from "../protocol";
import { EVERYTHING, type Filter, fits, minutesOf } from "./filter";

type Key = keyof Filter;

/** Another choice that leaves some, and what in it is wider. */
export interface Wider {
  keys: Key[];
  filter: Filter;
  count: number;
}

export interface Barren {
  /** What together fits none of them. */
  keys: Key[];
  /** How long the shortest takes that fits all else, where time alone is in the way. */
  shortest: number | null;
  wider: Wider[];
}

const KEYS = Object.keys(EVERYTHING) as Key[];
/** More ways than these are a choice of their own. */
const MOST_WAYS = 3;

/** All choices of so many out of `keys`, in their order. */
function sets(keys: Key[], size: number): Key[][] {
  if (size === 0) return [[]];
  return keys.flatMap((key, index) => sets(keys.slice(index + 1), size - 1).map((rest) => [key, ...rest]));
}

const without = (filter: Filter, keys: Key[]): Filter => ({ ...filter, ...Object.fromEntries(keys.map((key) => [key, ""])) });

const shortestOf = (items: CaseSummary[]): number => Math.min(...items.map(minutesOf));

/** More time rather than any, where one of the times on offer is enough. */
function widened(items: CaseSummary[], filter: Filter, keys: Key[], times: number[]): Wider | null {
  const open = without(filter, keys);
  const found = items.filter((item) => fits(item, open));
  if (found.length === 0) return null;
  const most = keys.includes("minutes") ? times.find((minutes) => minutes >= shortestOf(found)) : undefined;
  const wider = most === undefined ? open : { ...open, minutes: String(most) };
  return { keys, filter: wider, count: items.filter((item) => fits(item, wider)).length };
}

/** Null where some of `items` fit, or there are none. `times`: what can be chosen, in minutes, in ascending order. */
export function barren(items: CaseSummary[], filter: Filter, times: number[]): Barren | null {
  if (items.length === 0 || items.some((item) => fits(item, filter))) return null;
  const chosen = KEYS.filter((key) => filter[key] !== "");
  for (let size = 1; size <= chosen.length; size++) {
    const wider = sets(chosen, size).flatMap((keys) => widened(items, filter, keys, times) ?? []);
    if (wider.length === 0) continue;
    const named = chosen.filter((key) => wider.some(({ keys }) => keys.includes(key)));
    const others = chosen.filter((key) => !named.includes(key));
    const timeAlone = named.length === 1 && named[0] === "minutes";
    return {
      keys: timeAlone || items.some((item) => fits(item, without(filter, others))) ? chosen : named,
      shortest: timeAlone ? shortestOf(items.filter((item) => fits(item, without(filter, named)))) : null,
      wider: wider.slice(0, MOST_WAYS),
    };
  }
  return null;
}
