// SPDX-License-Identifier: Apache-2.0
import { useContext } from "preact/hooks";
import type { Case, Turn } from "../protocol";
import { text } from "../text";
import { CaseLanguage } from "./caseLanguage";

interface Props {
  stages: Case["stages"];
  current: string;
  model: string;
  turns: Turn[];
}

/** Where the conversation is on the model's map. */
export function StageStrip({ stages, current, model, turns }: Props) {
  const language = useContext(CaseLanguage);
  const visited = new Set(turns.filter((turn) => !turn.set_aside).map((turn) => turn.stage.id));
  const now = stages.find((stage) => stage.id === current);
  return (
    <section class="stage-strip" aria-label={text("talk.stages.title", { model })}>
      <ol class="plain">
        {stages.map((stage) => {
          const here = stage.id === current;
          const state = here ? "here" : visited.has(stage.id) ? "visited" : "ahead";
          return (
            <li
              key={stage.id}
              class={`stage ${state}`}
              aria-current={here ? "step" : undefined}
              data-testid={here ? "stage" : undefined}
              data-stage={stage.id}
            >
              <span lang={language}>{stage.name}</span>
              {state === "visited" && <span class="unseen"> {text("talk.stages.visited")}</span>}
            </li>
          );
        })}
      </ol>
      {now && (
        <p class="stage-purpose muted small" lang={language}>
          {now.purpose}
        </p>
      )}
    </section>
  );
}
