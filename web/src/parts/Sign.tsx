// SPDX-License-Identifier: Apache-2.0
// Small pictures beside what was said, which come with it.
import { Drawn, TICK } from "./Drawn";

const PATHS = {
  strength: TICK,
  consider: "M12 3.500l8.500 8.500-8.500 8.500L3.500 12z",
  neutral: "M12 8.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7z",
  up: "M12 19V5M6 11l6-6 6 6",
  down: "M12 5v14M6 13l6 6 6-6",
  back: "M9 6L4 11l5 5M4 11h10a6 6 0 0 1 6 6v1",
  download: "M12 4v11M7 10.500l5 5 5-5M5 20h14",
  chevron: "M8 10l4 4 4-4",
} as const;

export type SignName = keyof typeof PATHS;

export function Sign({ name }: { name: SignName }) {
  return <Drawn path={PATHS[name]} />;
}
