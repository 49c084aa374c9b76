// SPDX-License-Identifier: Apache-2.0
import type { ComponentChildren } from "preact";
import type { Debrief, SessionView } from "../protocol";
import { to } from "../addresses";
import { marked, text } from "../text";

interface Props {
  ending: Debrief["ending"];
  view: SessionView;
  children: ComponentChildren;
}

export function HowItEnded({ ending, view, children }: Props) {
  const { language, character } = view.case;
  return (
    <section class="card ending" aria-labelledby="ending-title">
      {ending ? (
        <>
          <h2 id="ending-title" lang={language}>
            {ending.title}
          </h2>
          <p lang={language}>{ending.debrief}</p>
        </>
      ) : (
        <>
          <h2 id="ending-title">{text("debrief.ending.not_yet")}</h2>
          <p>
            {marked(
              "debrief.ending.so_far",
              { talk: (inside) => <a href={to.talk(view.session)}>{inside}</a> },
              { name: character.name },
            )}
          </p>
        </>
      )}
      {children}
    </section>
  );
}
