// SPDX-License-Identifier: Apache-2.0
import { useEffect } from "preact/hooks";
import { newId } from "../id";
import { keep } from "../keep";
import type { Library } from "../library";
import { useObservable } from "../observable";
import { Avatar } from "../parts/Avatar";
import { Problem } from "../parts/Problem";
import { useTitle } from "../parts/title";
import { Waiting } from "../parts/Waiting";
import type { Case, SessionSummary } from "../protocol";
import { go, to } from "../route";
import { mode, simulated } from "../words";

function start(script: string): void {
  const session = newId();
  keep.setStarting(session, script);
  go(to.talk(session));
}

/** Both sides of a contrast before the first of them. */
export function ContrastPage({ library, contrast }: { library: Library; contrast: string }) {
  const cases = library.useCases();
  const sessions = useObservable(library.sessions);
  useEffect(() => library.askSessions(), [library]);
  const sides = cases?.filter((item) => item.contrast?.id === contrast) ?? [];
  useTitle(sides[0]?.contrast?.title ?? "Both ways");
  if (cases === null) return <Waiting what="case" />;
  const [first] = sides;
  if (!first?.contrast || sides.length < 2) {
    return <Problem title="This comparison is not in service" text="It may have been renamed, or a trainer is working on it." />;
  }
  return <Sides first={first} sides={sides} sessions={sessions?.filter((one) => one.contrast === contrast) ?? []} />;
}

function Sides({ first, sides, sessions }: { first: Case; sides: Case[]; sessions: SessionSummary[] }) {
  const { character, contrast } = first;
  const met = sessions.find((session) => session.ended !== null && session.pair === null);
  return (
    <article class="narrow brief">
      <header class="brief-head">
        <Avatar name={character.name} />
        <div>
          <h1 tabIndex={-1}>{contrast?.title}: both ways</h1>
          <p class="muted">
            {character.name}, {character.role}
          </p>
        </div>
      </header>
      <p>{contrast?.about}</p>
      <p>{first.situation}</p>
      {first.content_note && (
        <p class="callout">
          <strong>Content note.</strong> {first.content_note}
        </p>
      )}
      <h2>Once each way</h2>
      <p>Begin with whichever hat you wear more often. After the first conversation the other one waits for you.</p>
      <ul class="plain cards">
        {sides.map((side) => (
          <li key={side.id} class="card case">
            <p>
              <strong class={`mode mode-${side.mode}`}>{mode(side.mode).name}</strong> {side.your_role}
            </p>
            <p class="actions">
              <button type="button" data-testid={`start-${side.mode}`} onClick={() => start(side.id)}>
                Begin with {mode(side.mode).name.toLowerCase()}
              </button>
            </p>
          </li>
        ))}
      </ul>
      {met && (
        <p>
          You have met {character.name} one way already.{" "}
          <a href={to.talk(met.session)}>Go on with the other</a>
        </p>
      )}
      <p class="muted small">{simulated()}</p>
    </article>
  );
}
