// SPDX-License-Identifier: Apache-2.0
import { useContext, useMemo } from "preact/hooks";
import { useLate } from "../parts/late";
import type { Debrief } from "../protocol";
import { CaseLanguage } from "../talk/caseLanguage";
import { marked, text } from "../text";
import { Fold } from "./Fold";
import { legs } from "./legs";

const loadPicture = () => import("./StagePicture");

export function StagePath({ debrief, numbers }: { debrief: Debrief; numbers: Map<number, number> }) {
  const late = useLate(loadPicture);
  const language = useContext(CaseLanguage);
  const path = useMemo(() => legs(debrief.path, numbers), [debrief, numbers]);
  return (
    <Fold
      session={debrief.session}
      part="path"
      title={text("debrief.path.title")}
      gist={text("debrief.path.gist", { reached: new Set(path.map(({ id }) => id)).size, of: debrief.stages.length })}
    >
      <div class="path">
        {late && late !== "failed" && <late.StagePicture stages={debrief.stages} path={path} />}
        <div>
          <ol class="path-list">
            {path.map(({ name, from, to }, index) => (
              <li key={index}>
                {marked(
                  "debrief.path.leg",
                  { stage: (inside) => <span lang={language}>{inside}</span> },
                  { stage: name, count: Math.max(0, to - from), from: from + 1, to },
                )}
              </li>
            ))}
          </ol>
          <Unvisited debrief={debrief} />
        </div>
      </div>
    </Fold>
  );
}

function Unvisited({ debrief }: { debrief: Debrief }) {
  const missing = debrief.stages.filter((stage) => !debrief.path.some((part) => part.id === stage.id));
  if (missing.length === 0) return null;
  return (
    <p class="muted">
      {marked(
        "debrief.path.unvisited",
        { stages: (inside) => <span lang={debrief.case.language}>{inside}</span> },
        { stages: missing.map((stage) => stage.name).join(", ") },
      )}
    </p>
  );
}
