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
import type { Case, CaseSummary } from "../protocol";
import { go, to } from "../addresses";
import { keepStarting } from "../starting";
import { marked, text } from "../text";
import { mode } from "../words";
import { levelOf, toldIn } from "./caseWords";
import { Person } from "./Person";
import { Skills } from "./Skills";

/** Years of age that a text must be readable at to be called plain. */
const PLAIN_AT_MOST = 12;

export function Brief({ connection, script }: { connection: Connection; script: string }) {
  const library = libraryOf(connection);
  const item = library.useCase(script);
  // What the list says of it is shown until the brief is here.
  const listed = useObservable(library.cases)?.find(({ id }) => id === script);
  const head = item ?? listed;
  useTitle(head?.title ?? text("home.brief.title"));

  if (item === null) {
    return <Problem title={text("home.brief.missing")} text={text("home.brief.missing_why")} />;
  }
  return head ? <BriefOf connection={connection} head={head} item={item ?? null} /> : <Waiting what="case" />;
}

function start(script: string): void {
  const session = newId();
  keepStarting(session, script);
  go(to.talk(session));
}

/** Whoever comes back to the brief from a conversation finds the way on. */
function Begun({ connection, head }: { connection: Connection; head: CaseSummary }) {
  const library = libraryOf(connection);
  const sessions = useObservable(library.sessions);
  useEffect(() => library.askSessions(), [library]);
  const open = sessions?.find(({ script, ended }) => script === head.id && ended === null);
  if (!open) return null;
  const talk = (inside: string) => <a href={to.talk(open.session)}>{inside}</a>;
  return (
    <p class="callout" data-testid="begun">
      {head.mode === "drill" ? marked("home.brief.open_drill", { talk }) : marked("home.brief.open", { talk }, { name: head.character.name })}
    </p>
  );
}

function BriefOf({ connection, head, item }: { connection: Connection; head: CaseSummary; item: Case | null }) {
  const { character, language } = head;
  const told = toldIn(language);
  return (
    <article class="narrow brief">
      <header class="brief-head">
        <Avatar name={character.name} />
        <div>
          <h1 tabIndex={-1} lang={language}>
            {head.title}
          </h1>
          <Person item={head} aged />
        </div>
      </header>
      <p class="facts">
        <span>{mode(head.mode).name}</span>
        <span>{text("home.about_minutes", { count: head.minutes })}</span>
        <span>{levelOf(head)}</span>
        {item && item.reading_age !== null && item.reading_age <= PLAIN_AT_MOST && <span>{text("home.brief.plain_words")}</span>}
        {told && <span>{told}</span>}
      </p>
      <Begun connection={connection} head={head} />
      {item ? <Told item={item} /> : <Waiting what="case" />}
    </article>
  );
}

function Told({ item }: { item: Case }) {
  const { language } = item;
  const kind = mode(item.mode);
  return (
    <>
      {item.content_note && (
        <p class="callout">
          <strong>{text("home.brief.content_note")}</strong> <span lang={language}>{item.content_note}</span>
        </p>
      )}

      <h2>{text(item.mode === "drill" ? "home.brief.what" : "home.brief.who")}</h2>
      <p lang={language}>{item.situation}</p>
      <h2>{text("home.brief.role")}</h2>
      <p lang={language}>{item.your_role}</p>
      <p>
        <strong class={`mode mode-${item.mode}`}>{kind.name}</strong> {kind.line}
      </p>
      <h2>{text("home.brief.aim")}</h2>
      <p lang={language}>{item.aim}</p>

      {item.mode !== "drill" && <Stages item={item} />}
      <Skills item={item} />

      <p class="actions">
        <button type="button" class="big" data-testid="start" onClick={() => start(item.id)}>
          {item.mode === "drill" ? text("home.brief.start") : text("home.brief.start_with", { name: item.character.name })}
        </button>
        <a href={to.home()}>{text("home.brief.others")}</a>
      </p>
      {item.mode !== "drill" && <p class="muted small">{text("home.brief.stop")}</p>}
      <p class="muted small">{text("words.simulated")}</p>
    </>
  );
}

function Stages({ item }: { item: Case }) {
  return (
    <>
      <h2>{marked("home.brief.map", { model: (inside) => <span lang={item.language}>{inside}</span> }, { model: item.model.name })}</h2>
      <p class="muted">{text("home.brief.map_about")}</p>
      <ol class="plain stages-told" lang={item.language}>
        {item.stages.map((stage, index) => (
          <li key={stage.id}>
            <span class="stage-number" aria-hidden="true">
              {index + 1}
            </span>
            <span>
              <strong>{stage.name}</strong>
              <br />
              {stage.purpose}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
