// SPDX-License-Identifier: Apache-2.0
import type { Debrief } from "../protocol";
import { text } from "../text";
import { familyName, placeOf } from "./families";

export function Mix({ debrief: { mix, case: about } }: { debrief: Debrief }) {
  const { language } = about;
  const rows = mix
    .filter((row) => row.count > 0)
    .sort((a, b) => placeOf(a.family) - placeOf(b.family) || b.count - a.count);
  const most = Math.max(1, ...rows.map((row) => row.count));
  return (
    <>
      {rows.length === 0 && <p>{text("debrief.mix.none")}</p>}
      {rows.length > 0 && (
        <>
          <div
            class="mix"
            role="img"
            aria-label={text("debrief.mix.bars", { bars: rows.map((row) => `${row.name} ${row.count}`).join(", ") })}
          >
            {rows.map((row, index) => (
              <div key={row.technique} class="mix-row">
                {rows[index - 1]?.family !== row.family && <span class="mix-family">{familyName(row.family)}</span>}
                <span class="mix-name" lang={language}>
                  {row.name}
                </span>
                <svg class={`mix-bar family-${row.family}`} viewBox="0 0 100 10" preserveAspectRatio="none">
                  <rect class="track" x="0" y="0" width="100" height="10" />
                  <rect class="bar" x="0" y="0" width={(100 * row.count) / most} height="10" />
                </svg>
                <span class="mix-count">{row.count}</span>
              </div>
            ))}
          </div>
          <p class="muted small">{text("debrief.mix.adds_up")}</p>
          <details>
            <summary>{text("debrief.as_table")}</summary>
            <table>
              <caption class="unseen">{text("debrief.mix.caption")}</caption>
              <thead>
                <tr>
                  <th scope="col">{text("debrief.mix.technique")}</th>
                  <th scope="col">{text("debrief.mix.kind")}</th>
                  <th scope="col">{text("debrief.mix.times")}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.technique}>
                    <th scope="row" lang={language}>
                      {row.name}
                    </th>
                    <td>{familyName(row.family)}</td>
                    <td>{row.count}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        </>
      )}
    </>
  );
}
