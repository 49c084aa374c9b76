// SPDX-License-Identifier: Apache-2.0
// A conversation in which nothing was said yet can be begun without what shows messages and their notes, which is more than
// half of the screen's file; so that comes right after it.
import { useEffect, useState } from "preact/hooks";
import { fetchRest } from "../language";
import { fetchSheet } from "../styles";

export type SaidParts = typeof import("./saidParts");

let here: SaidParts | null = null;

/** A conversation that is shown needs them next. */
export async function fetchParts(): Promise<SaidParts> {
  const [parts] = await Promise.all([import("./saidParts"), fetchSheet("common"), fetchSheet("said"), fetchRest()]);
  return (here = parts);
}

const LONG_MS = 150;

/**
 * Null until they have come, or "failed". They stay out of the way of the conversation itself, unless that takes so long that
 * much must have been said in it.
 */
export function useSaidParts(opened: boolean): SaidParts | "failed" | null {
  const [parts, setParts] = useState<SaidParts | "failed" | null>(here);
  useEffect(() => {
    // They may have come for the sake of somebody else meanwhile.
    if (here) {
      setParts(here);
      return undefined;
    }
    const start = setTimeout(() => fetchParts().then(setParts, () => setParts("failed")), opened ? 0 : LONG_MS);
    return () => clearTimeout(start);
  }, [opened]);
  return parts;
}
