// SPDX-License-Identifier: Apache-2.0
import { useContext, useRef } from "preact/hooks";
import type { Case, Turn } from "../protocol";
import { text } from "../text";
import { CaseLanguage } from "./caseLanguage";
import { useCovering } from "./covering";

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
  const strip = useRef<HTMLElement>(null);
  useCovering(strip, "top");
  return (
    <section ref={strip} class="stage-strip" aria-label={text("talk.stages.title", { model })}>
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
              <span class="stage-word" lang={language} data-name={stage.name}>
                {stage.name}
              </span>
              {state === "visited" && <span class="unseen"> {text("talk.stages.visited")}</span>}
            </li>
          );
        })}
      </ol>
      {/* All of them in one place, so that there is room for the longest and nothing hops. */}
      <div class="stage-purposes muted small" lang={language}>
        {stages.map((stage) => (
          <p key={stage.id} class={stage.id === current ? "stage-purpose here" : "stage-purpose"}>
            {stage.purpose}
          </p>
        ))}
      </div>
    </section>
  );
}
