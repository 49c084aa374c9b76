// SPDX-License-Identifier: Apache-2.0
import type { Debrief } from "../protocol";

export const FAMILIES: Record<string, string> = {
  question: "Asking",
  reflection: "Listening",
  input: "Telling",
  other: "Everything else",
};
export const ORDER = Object.keys(FAMILIES);

function familyName(family: string): string {
  return FAMILIES[family] ?? family;
}

export function Mix({ mix }: { mix: Debrief["mix"] }) {
  const rows = mix
    .filter((row) => row.count > 0)
    .sort((a, b) => ORDER.indexOf(a.family) - ORDER.indexOf(b.family) || b.count - a.count);
  const most = Math.max(1, ...rows.map((row) => row.count));
  return (
    <section aria-labelledby="mix-title">
      <h2 id="mix-title">What you did: the mix</h2>
      {rows.length === 0 && <p>Nothing was said yet.</p>}
      {rows.length > 0 && (
        <>
          <div
            class="mix"
            role="img"
            aria-label={`Bars by technique: ${rows.map((row) => `${row.name} ${row.count}`).join(", ")}`}
          >
            {rows.map((row, index) => (
              <div key={row.technique} class="mix-row">
                {rows[index - 1]?.family !== row.family && <span class="mix-family">{familyName(row.family)}</span>}
                <span class="mix-name">{row.name}</span>
                <svg class={`mix-bar family-${row.family}`} viewBox="0 0 100 10" preserveAspectRatio="none">
                  <rect class="track" x="0" y="0" width="100" height="10" />
                  <rect class="bar" x="0" y="0" width={(100 * row.count) / most} height="10" />
                </svg>
                <span class="mix-count">{row.count}</span>
              </div>
            ))}
          </div>
          <details>
            <summary>The same as a table</summary>
            <table>
              <caption class="unseen">How often each technique was recognised</caption>
              <thead>
                <tr>
                  <th scope="col">Technique</th>
                  <th scope="col">Kind</th>
                  <th scope="col">Times</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.technique}>
                    <th scope="row">{row.name}</th>
                    <td>{familyName(row.family)}</td>
                    <td>{row.count}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        </>
      )}
    </section>
  );
}
