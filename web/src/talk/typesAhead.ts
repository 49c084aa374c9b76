// SPDX-License-Identifier: Apache-2.0

const FIELD = "input, textarea, select, [contenteditable], dialog *";

/** A letter typed where nothing can be written: not a space, which presses what has the focus, and no shortcut. */
export function typesAhead({ key, target, ctrlKey, metaKey, altKey, defaultPrevented }: KeyboardEvent): boolean {
  const letter = [...key].length === 1 && key.trim() !== "";
  return letter && !ctrlKey && !metaKey && !altKey && !defaultPrevented && !(target as Element).closest(FIELD);
}
