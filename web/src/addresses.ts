// SPDX-License-Identifier: Apache-2.0
// The address of every screen, as route.ts reads it; what starts the page need only read.
const join = (...parts: (string | number | undefined)[]): string =>
  `#/${parts
    .filter((part) => part !== undefined)
    .map((part) => encodeURIComponent(part))
    .join("/")}`;

export const to = {
  home: (): string => "#/",
  brief: (script: string): string => join("case", script),
  talk: (session: string, moment?: number): string => join("talk", session, moment),
  /** `until`: the end that it is about, where there were several. */
  debrief: (session: string, moment?: number, until?: number): string =>
    until === undefined ? join("debrief", session, moment) : join("debrief", session, moment ?? "-", until),
  contrast: (contrast: string): string => join("contrast", contrast),
  compare: (session: string): string => join("compare", session),
  trainers: (): string => "#/trainers",
  settings: (): string => "#/settings",
  progress: (): string => "#/progress",
};

export function go(address: string): void {
  location.hash = address;
}
