// SPDX-License-Identifier: Apache-2.0
import { useMemo } from "preact/hooks";
import { useLate } from "../parts/late";
import type { Turn } from "../protocol";
import { text } from "../text";
import { FAMILIES, familyName } from "./families";
import { type Stretch, stretches } from "./stretches";

const loadPicture = () => import("./MixPicture");

export function stretchWords({ from, to }: Stretch): string {
  return from === to ? String(from) : text("debrief.over_time.stretch", { from, to });
}

export function MixOverTime({ turns, numbers }: { turns: Turn[]; numbers: Map<number, number> }) {
  const late = useLate(loadPicture);
  const parts = useMemo(() => stretches(turns, numbers), [turns, numbers]);
  // One message has no course.
  if (numbers.size < 2) return null;
  return (
    <section aria-labelledby="over-time-title" data-testid="mix-over-time">
      <h3 id="over-time-title">{text("debrief.over_time.title")}</h3>
      {late === "failed" && <p class="muted">{text("debrief.over_time.failed")}</p>}
      {late && late !== "failed" && <late.MixPicture parts={parts} />}
      <details>
        <summary>{text("debrief.as_table")}</summary>
        <div class="scroll" tabIndex={0} role="region" aria-label={text("debrief.over_time.table")}>
          <table>
            <caption class="unseen">{text("debrief.over_time.caption")}</caption>
            <thead>
              <tr>
                <th scope="col">{text("debrief.over_time.message")}</th>
                {FAMILIES.map((family) => (
                  <th key={family} scope="col">
                    {familyName(family)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {parts.map((part) => (
                <tr key={part.from}>
                  <th scope="row">{stretchWords(part)}</th>
                  {FAMILIES.map((family) => (
                    <td key={family}>{part.counts[family]}</td>
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
