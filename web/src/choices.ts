// SPDX-License-Identifier: Apache-2.0
// What a person chose in this browser, by name.
import { read, write } from "./stored";

export const readChoice = (name: string): string | null => read(`choice.${name}`);

export const keepChoice = (name: string, value: string | null): void => write(`choice.${name}`, value);
