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
  /** How many messages the try before had, where this one broke off sooner; else null. */
  longer: number | null;
  children: ComponentChildren;
}

export function HowItEnded({ ending, messages, view, asBefore, longer, children }: Props) {
  const { language, character } = view.case;
  const title = ending && (
    <h2 id="ending-title" lang={language}>
      {ending.title}
    </h2>
  );
  const meaning = ending && <p lang={language}>{ending.debrief}</p>;
  return (
    <section class="card ending" aria-labelledby="ending-title">
      {ending && messages === 0 ? (
        <>
          <h2 id="ending-title">{text("debrief.ending.unsaid")}</h2>
          <p>{text("debrief.ending.unsaid.why", { name: character.name })}</p>
        </>
      ) : ending && longer !== null ? (
        <>
          <h2 id="ending-title">{text("debrief.ending.short", { now: messages })}</h2>
          <p>{text("debrief.ending.short_why", { then: longer })}</p>
          <details>
            <summary>{text("debrief.ending.short_end")}</summary>
            <p>
              <strong lang={language}>{ending.title}</strong>
            </p>
            {meaning}
          </details>
        </>
      ) : ending ? (
        <>
          {title}
          {asBefore ? (
            <details>
              <summary>{text("debrief.ending.as_before")}</summary>
              {meaning}
            </details>
          ) : (
            meaning
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
