// SPDX-License-Identifier: Apache-2.0
// Light or dark: the system's choice until the person makes one.
import { keep } from "./keep";
import { Observable } from "./observable";

export type Theme = "light" | "dark";

const systemDark = matchMedia("(prefers-color-scheme: dark)");

function current(): Theme {
  const chosen = keep.choice("theme");
  if (chosen === "light" || chosen === "dark") return chosen;
  return systemDark.matches ? "dark" : "light";
}

export const theme = new Observable<Theme>(current());

function show(value: Theme): void {
  document.documentElement.dataset["theme"] = value;
}

export function startTheme(): void {
  show(theme.value);
  theme.watch(show);
  systemDark.addEventListener("change", () => theme.set(current()));
}

export function switchTheme(): void {
  const next: Theme = theme.value === "dark" ? "light" : "dark";
  keep.setChoice("theme", next);
  theme.set(next);
}
