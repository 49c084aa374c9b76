// SPDX-License-Identifier: Apache-2.0
// Light or dark: the system's choice until the person makes one.
import { keepChoice, readChoice } from "./choices";
import { Observable } from "./watched";

export type Theme = "light" | "dark";
export type ThemeChoice = Theme | "system";

const systemDark = matchMedia("(prefers-color-scheme: dark)");

function kept(): ThemeChoice {
  const chosen = readChoice("theme");
  return chosen === "light" || chosen === "dark" ? chosen : "system";
}

export const chosenTheme = new Observable<ThemeChoice>(kept());

function shown(): Theme {
  const choice = chosenTheme.value;
  if (choice !== "system") return choice;
  return systemDark.matches ? "dark" : "light";
}

export const theme = new Observable<Theme>(shown());

function show(value: Theme): void {
  document.documentElement.dataset["theme"] = value;
}

export function startTheme(): void {
  show(theme.value);
  theme.watch(show);
  systemDark.addEventListener("change", () => theme.set(shown()));
}

export function chooseTheme(choice: ThemeChoice): void {
  keepChoice("theme", choice === "system" ? null : choice);
  chosenTheme.set(choice);
  theme.set(shown());
}

export function switchTheme(): void {
  chooseTheme(theme.value === "dark" ? "light" : "dark");
}
