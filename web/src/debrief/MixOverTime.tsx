// SPDX-License-Identifier: Apache-2.0
import { useMemo } from "preact/hooks";
import { useLate } from "../parts/late";
import type { Turn } from "../protocol";
import { FAMILIES, ORDER } from "./Mix";
import { type Family, type Stretch, stretches } from "./stretches";

const loadPicture = () => import("./MixPicture");

export function stretchWords({ from, to }: Stretch): string {
  return from === to ? String(from) : `${from} to ${to}`;
}

export function MixOverTime({ turns, numbers }: { turns: Turn[]; numbers: Map<number, number> }) {
  const late = useLate(loadPicture);
  const parts = useMemo(() => stretches(turns, numbers), [turns, numbers]);
  // One message has no course.
  if (numbers.size < 2) return null;
  return (
    <section aria-labelledby="over-time-title" data-testid="mix-over-time">
      <h2 id="over-time-title">The mix from the first message to the last</h2>
      {late === "failed" && <p class="muted">The picture could not be loaded. The table has the same figures.</p>}
      {late && late !== "failed" && <late.MixPicture parts={parts} />}
      <details>
        <summary>The same as a table</summary>
        <div class="scroll" tabIndex={0} role="region" aria-label="The mix over the conversation, as a table">
          <table>
            <caption class="unseen">How often each kind of move came, message by message</caption>
            <thead>
              <tr>
                <th scope="col">Message</th>
                {ORDER.map((family) => (
                  <th key={family} scope="col">
                    {FAMILIES[family]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {parts.map((part) => (
                <tr key={part.from}>
                  <th scope="row">{stretchWords(part)}</th>
                  {ORDER.map((family) => (
                    <td key={family}>{part.counts[family as Family]}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}
