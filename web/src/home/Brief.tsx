// SPDX-License-Identifier: Apache-2.0
import { newId } from "../id";
import { keep } from "../keep";
import type { Library } from "../library";
import { Avatar } from "../parts/Avatar";
import { Problem } from "../parts/Problem";
import { useTitle } from "../parts/title";
import { Waiting } from "../parts/Waiting";
import type { Case } from "../protocol";
import { go, to } from "../route";
import { mode, SIMULATED } from "../words";
import { Skills } from "./Skills";

export function Brief({ library, script }: { library: Library; script: string }) {
  const cases = library.useCases();
  const item = cases?.find(({ id }) => id === script);
  useTitle(item?.title ?? "Case");

  if (cases === null) return <Waiting what="the case" />;
  if (!item) {
    return <Problem title="This case is not in service" text="It may have been renamed, or a trainer is working on it." />;
  }
  return <BriefOf item={item} />;
}

function start(script: string): void {
  const session = newId();
  keep.setStarting(session, script);
  go(to.talk(session));
}

function BriefOf({ item }: { item: Case }) {
  const { character } = item;
  const kind = mode(item.mode);
  return (
    <article class="narrow brief">
      <header class="brief-head">
        <Avatar name={character.name} />
        <div>
          <h1 tabIndex={-1}>{item.title}</h1>
          <p class="muted">
            {character.name}
            {character.age !== null && `, ${character.age}`}, {character.role}
          </p>
        </div>
      </header>
      <p class="facts">
        <span>{kind.name}</span>
        <span>about {item.minutes} minutes</span>
        <span>{item.level}</span>
        {item.reading_age !== null && <span>reading age {item.reading_age}</span>}
      </p>

      {item.content_note && (
        <p class="callout">
          <strong>Content note.</strong> {item.content_note}
        </p>
      )}

      <h2>{item.mode === "drill" ? "What it is" : "Who you will meet"}</h2>
      <p>{item.situation}</p>
      <h2>Your role</h2>
      <p>{item.your_role}</p>
      <p>
        <strong class={`mode mode-${item.mode}`}>{kind.name}</strong> {kind.line}
      </p>
      <h2>Your aim</h2>
      <p>{item.aim}</p>

      {item.mode !== "drill" && <Stages item={item} />}
      <Skills skills={item.skills} />

      <p class="actions">
        <button type="button" class="big" data-testid="start" onClick={() => start(item.id)}>
          {item.mode === "drill" ? "Start" : `Start talking with ${character.name}`}
        </button>
        <a href={to.home()}>Other cases</a>
      </p>
      <p class="muted small">{SIMULATED}</p>
    </article>
  );
}

function Stages({ item }: { item: Case }) {
  return (
    <>
      <h2>A map for the conversation: {item.model.name}</h2>
      <p class="muted">A map, not a conveyor belt. People often begin in the middle, and going back is fine.</p>
      <ol class="plain stages-told">
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
