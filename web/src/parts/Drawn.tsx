// SPDX-License-Identifier: Apache-2.0
/** Said with a tick: this went well, or this is done. */
export const TICK = "M4.500 12.500l5 5 10-11";

export function Drawn({ path }: { path: string }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={path} />
    </svg>
  );
}
