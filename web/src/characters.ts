// SPDX-License-Identifier: Apache-2.0

/** As they are counted on the wire: Unicode characters. */
export function characterCount(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
