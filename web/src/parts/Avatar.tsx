// SPDX-License-Identifier: Apache-2.0

const HUES = 5;

/** The first letter of a name on a colour that stays with it. */
export function Avatar({ name }: { name: string }) {
  const sum = Array.from(name).reduce((total, character) => total + (character.codePointAt(0) ?? 0), 0);
  return (
    <span class={`avatar hue-${sum % HUES}`} aria-hidden="true">
      {Array.from(name)[0] ?? "?"}
    </span>
  );
}
