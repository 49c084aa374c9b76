// SPDX-License-Identifier: Apache-2.0
import type { ComponentChildren } from "preact";
import type { Debrief, SessionView } from "../protocol";
import { to } from "../addresses";
import { marked, text } from "../text";

interface Props {
  ending: Debrief["ending"];
  messages: number;
  view: SessionView;
  /** The try before ended like this, and what that means was read there. */
  asBefore: boolean;
  children: ComponentChildren;
}

export function HowItEnded({ ending, messages, view, asBefore, children }: Props) {
  const { language, character } = view.case;
  return (
    <section class="card ending" aria-labelledby="ending-title">
      {ending && messages === 0 ? (
        <>
          <h2 id="ending-title">{text("debrief.ending.unsaid")}</h2>
          <p>{text("debrief.ending.unsaid.why", { name: character.name })}</p>
        </>
      ) : ending ? (
        <>
          <h2 id="ending-title" lang={language}>
            {ending.title}
          </h2>
          {asBefore ? (
            <details>
              <summary>{text("debrief.ending.as_before")}</summary>
              <p lang={language}>{ending.debrief}</p>
            </details>
          ) : (
            <p lang={language}>{ending.debrief}</p>
          )}
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
