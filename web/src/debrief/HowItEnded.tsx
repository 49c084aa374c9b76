// SPDX-License-Identifier: Apache-2.0
import type { Debrief, SessionView } from "../protocol";
import { to } from "../route";
import { Spoken } from "../talk/Spoken";

export function HowItEnded({ ending, view }: { ending: Debrief["ending"]; view: SessionView }) {
  if (!ending) {
    return (
      <section class="card" aria-labelledby="ending-title">
        <h2 id="ending-title">Not ended yet</h2>
        <p>
          This is how it stands so far. <a href={to.talk(view.session)}>Go on talking with {view.case.character.name}</a>
        </p>
      </section>
    );
  }
  const last = view.turns.find((turn) => turn.ended !== null && !turn.set_aside);
  return (
    <section class="card ending" aria-labelledby="ending-title">
      <h2 id="ending-title">{ending.title}</h2>
      {last && <Spoken lines={last.reply} name={view.case.character.name} />}
      <p>{ending.debrief}</p>
    </section>
  );
}
