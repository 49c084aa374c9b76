// SPDX-License-Identifier: Apache-2.0
import type { Debrief } from "../protocol";
import { to } from "../route";

/** What can be counted, beside each other; the difference between coaching and mentoring is not in the numbers alone. */
export function Figures({ coaching, mentoring }: { coaching: Debrief; mentoring: Debrief }) {
  const shown = coaching.measures.filter(({ id }) => mentoring.measures.some((other) => other.id === id));
  const value = (debrief: Debrief, id: string): string => {
    const measure = debrief.measures.find((other) => other.id === id);
    if (!measure) return "";
    return measure.of === null ? String(measure.count) : `${measure.count} of ${measure.of}`;
  };
  return (
    <section aria-labelledby="figures-title">
      <h2 id="figures-title">What can be counted</h2>
      <div class="scroll-x">
        <table class="figures">
          <thead>
            <tr>
              <td />
              <th scope="col">
                <a href={to.debrief(coaching.session)}>Coaching</a>
              </th>
              <th scope="col">
                <a href={to.debrief(mentoring.session)}>Mentoring</a>
              </th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">How it ended</th>
              <td>{coaching.ending?.title ?? "Not ended"}</td>
              <td>{mentoring.ending?.title ?? "Not ended"}</td>
            </tr>
            {shown.map(({ id, name }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                <td>{value(coaching, id)}</td>
                <td>{value(mentoring, id)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
