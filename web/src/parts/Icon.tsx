// SPDX-License-Identifier: Apache-2.0
// Small pictures that accompany words and never replace them: those that a page or a conversation begins with. Sign.tsx has
// those of what was said.
import { Drawn, TICK } from "./Drawn";

const PATHS = {
  brand: "M12 2.500c5.800 0 10 3.700 10 8.700s-4.200 8.700-10 8.700c-1 0-2-.1-3-.4L4.200 22l1-4.300C3.200 16.100 2 13.800 2 11.200c0-5 4.200-8.700 10-8.700zM9.300 9.300c.1-1.600 1.200-2.600 2.800-2.600s2.700 1 2.700 2.400c0 1.800-2.700 2-2.700 3.900M12.100 15.700v.1",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2.500M12 19.500V22M2 12h2.500M19.500 12H22M4.900 4.900l1.800 1.800M17.300 17.300l1.800 1.800M19.100 4.900l-1.800 1.800M6.700 17.300l-1.800 1.800",
  moon: "M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500z",
  strength: TICK,
  hint: "M9.500 18h5M10.500 21h3M12 3a6.500 6.500 0 0 0-3.700 11.800c.7.500 1.200 1.300 1.200 2.200h5c0-.9.500-1.700 1.200-2.200A6.500 6.500 0 0 0 12 3z",
  send: "M4 12l16-8-5 16-3.500-6.500zM11.500 13.500L20 4",
  guide: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM15.500 8.500l-2 5-5 2 2-5z",
  silence: "M4.500 12h.1M12 12h.1M19.500 12h.1",
} as const;

export function Icon({ name }: { name: keyof typeof PATHS }) {
  return <Drawn path={PATHS[name]} />;
}
