// SPDX-License-Identifier: Apache-2.0

const MOST = 40;

/** One box a message, filled from the left; the figure beside it says the same in words. */
export function ShareBar({ count, of }: { count: number; of: number }) {
  const boxes = Math.min(of, MOST);
  const filled = Math.round((Math.min(count, of) * boxes) / of);
  return (
    <svg class="share-bar" width={boxes * 20} viewBox={`0 0 ${boxes * 10} 12`} preserveAspectRatio="none" aria-hidden="true">
      {Array.from({ length: boxes }, (_, index) => (
        <rect key={index} class={index < filled ? "full" : "empty"} x={index * 10 + 1} y="1" width="8" height="10" rx="1.5" />
      ))}
    </svg>
  );
}
