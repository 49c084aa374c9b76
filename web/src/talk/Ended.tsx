// SPDX-License-Identifier: Apache-2.0
import type { Turn } from "../protocol";
import { to } from "../route";

interface Props {
  session: string;
  ending: Turn["ended"];
  name: string;
}

export function Ended({ session, ending, name }: Props) {
  return (
    <section class="card ended" aria-labelledby="ended-title">
      <h2 id="ended-title">The conversation with {name} has ended</h2>
      {ending && <p>{ending.title}</p>}
      <p>
        <a class="button" href={to.debrief(session)} data-testid="to-debrief">
          See the debrief
        </a>
      </p>
    </section>
  );
}
