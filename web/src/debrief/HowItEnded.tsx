// SPDX-License-Identifier: Apache-2.0
import type { Debrief, SessionView } from "../protocol";
import { to } from "../route";
import { Spoken } from "../talk/Spoken";
import { marked, text } from "../text";

export function HowItEnded({ ending, view }: { ending: Debrief["ending"]; view: SessionView }) {
  const { language, character } = view.case;
  if (!ending) {
    return (
      <section class="card" aria-labelledby="ending-title">
        <h2 id="ending-title">{text("debrief.ending.not_yet")}</h2>
        <p>
          {marked(
            "debrief.ending.so_far",
            { talk: (inside) => <a href={to.talk(view.session)}>{inside}</a> },
            { name: character.name },
          )}
        </p>
      </section>
    );
  }
  const last = view.turns.find((turn) => turn.ended !== null && !turn.set_aside);
  return (
    <section class="card ending" aria-labelledby="ending-title">
      <h2 id="ending-title" lang={language}>
        {ending.title}
      </h2>
      {last && <Spoken lines={last.reply} name={character.name} />}
      <p lang={language}>{ending.debrief}</p>
    </section>
  );
}
