// SPDX-License-Identifier: Apache-2.0
import { useEffect } from "preact/hooks";
import type { Connection } from "../connection";
import { newId } from "../id";
import { libraryOf } from "../library";
import { useObservable } from "../observable";
import { Avatar } from "../parts/Avatar";
import { Problem } from "../parts/Problem";
import { useTitle } from "../parts/title";
import { Waiting } from "../parts/Waiting";
import type { Case, CaseSummary, SessionSummary } from "../protocol";
import { go, to } from "../addresses";
import { keepStarting } from "../starting";
import { marked, text } from "../text";
import { mode } from "../words";

function start(script: string): void {
  const session = newId();
  keepStarting(session, script);
  go(to.talk(session));
}

/** Both sides of a contrast before the first of them. */
export function ContrastPage({ connection, contrast }: { connection: Connection; contrast: string }) {
  const library = libraryOf(connection);
  const sides = [library.useCase(`${contrast}.coaching`), library.useCase(`${contrast}.mentoring`)];
  const sessions = useObservable(library.sessions);
  useEffect(() => library.askSessions(), [library]);
  const listed = useObservable(library.cases)?.find((item) => item.contrast?.id === contrast);
  useTitle((sides[0] ?? listed)?.contrast?.title ?? text("contrast.sides.document"));
  if (sides.includes(null)) {
    return <Problem title={text("contrast.sides.none")} text={text("contrast.sides.none_why")} />;
  }
  const head = sides[0] ?? listed;
  if (!head) return <Waiting what="case" />;
  const here = sides.filter((side) => side !== null && side !== undefined);
  return <Sides head={head} sides={here} sessions={sessions?.filter((one) => one.contrast === contrast) ?? []} />;
}

function Sides({ head, sides, sessions }: { head: CaseSummary; sides: Case[]; sessions: SessionSummary[] }) {
  const { character, contrast, language } = head;
  const [first] = sides;
  const inCase = (inside: string) => <span lang={language}>{inside}</span>;
  const met = sessions.find((session) => session.ended !== null && session.pair === null);
  return (
    <article class="narrow brief">
      <header class="brief-head">
        <Avatar name={character.name} />
        <div>
          <h1 tabIndex={-1}>{marked("contrast.sides.title", { case: inCase }, { title: contrast?.title ?? "" })}</h1>
          <p class="muted" lang={language}>
            {character.name}, {character.role}
          </p>
        </div>
      </header>
      <p lang={language}>{contrast?.about}</p>
      <p lang={language}>{first?.situation}</p>
      {first?.content_note && (
        <p class="callout">
          {marked(
            "contrast.sides.content_note",
            { strong: (inside) => <strong>{inside}</strong>, note: inCase },
            { note: first.content_note },
          )}
        </p>
      )}
      <h2>{text("contrast.sides.once_each")}</h2>
      <p>{text("contrast.sides.begin_with_either")}</p>
      <ul class="plain cards">
        {sides.map((side) => (
          <li key={side.id} class="card case">
            <p>
              <strong class={`mode mode-${side.mode}`}>{mode(side.mode).name}</strong> {inCase(side.your_role)}
            </p>
            <p class="actions">
              <button type="button" data-testid={`start-${side.mode}`} onClick={() => start(side.id)}>
                {text("contrast.sides.begin", { mode: side.mode })}
              </button>
            </p>
          </li>
        ))}
      </ul>
      {met && (
        <p>
          {marked(
            "contrast.sides.met",
            { talk: (inside) => <a href={to.talk(met.session)}>{inside}</a> },
            { name: character.name },
          )}
        </p>
      )}
      <p class="muted small">{text("words.simulated")}</p>
    </article>
  );
}
