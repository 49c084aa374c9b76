// SPDX-License-Identifier: Apache-2.0
import type { Debrief } from "../protocol";
import { figure } from "../debrief/figures";
import { measureName } from "../debrief/worded";
import { to } from "../addresses";
import { text } from "../text";

/** What can be counted, beside each other; the difference between coaching and mentoring is not in the numbers alone. */
export function Figures({ coaching, mentoring }: { coaching: Debrief; mentoring: Debrief }) {
  const shown = coaching.measures.filter(({ id }) => mentoring.measures.some((other) => other.id === id));
  const value = (debrief: Debrief, id: string): string => {
    const measure = debrief.measures.find((other) => other.id === id);
    return measure ? figure(measure, false).value : "";
  };
  return (
    <section aria-labelledby="figures-title">
      <h2 id="figures-title">{text("contrast.figures.title")}</h2>
      <div class="scroll-x">
        <table class="figures">
          <thead>
            <tr>
              <td />
              <th scope="col">
                <a href={to.debrief(coaching.session)}>{text("contrast.coaching")}</a>
              </th>
              <th scope="col">
                <a href={to.debrief(mentoring.session)}>{text("contrast.mentoring")}</a>
              </th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{text("contrast.figures.ending")}</th>
              <Ending debrief={coaching} />
              <Ending debrief={mentoring} />
            </tr>
            {shown.map((measure) => (
              <tr key={measure.id}>
                <th scope="row">{measureName(measure)}</th>
                <td>{value(coaching, measure.id)}</td>
                <td>{value(mentoring, measure.id)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Ending({ debrief: { ending, case: about } }: { debrief: Debrief }) {
  return ending ? <td lang={about.language}>{ending.title}</td> : <td>{text("contrast.figures.not_ended")}</td>;
}
