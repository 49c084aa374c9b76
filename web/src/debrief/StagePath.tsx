// SPDX-License-Identifier: Apache-2.0
import { useMemo } from "preact/hooks";
import { useLate } from "../parts/late";
import type { Debrief } from "../protocol";
import { type Leg, legs } from "./legs";

const loadPicture = () => import("./StagePicture");

function legWords(leg: Leg): string {
  if (leg.to <= leg.from) return "no message";
  if (leg.to === leg.from + 1) return `message ${leg.to}`;
  return `messages ${leg.from + 1} to ${leg.to}`;
}

export function StagePath({ debrief, numbers }: { debrief: Debrief; numbers: Map<number, number> }) {
  const late = useLate(loadPicture);
  const path = useMemo(() => legs(debrief.path, numbers), [debrief, numbers]);
  return (
    <section aria-labelledby="path-title">
      <h2 id="path-title">The way through the stages</h2>
      <div class="path">
        {late && late !== "failed" && <late.StagePicture stages={debrief.stages} path={path} />}
        <div>
          <ol class="path-list">
            {path.map((leg, index) => (
              <li key={index}>
                {leg.name}: {legWords(leg)}
              </li>
            ))}
          </ol>
          <Unvisited debrief={debrief} />
        </div>
      </div>
    </section>
  );
}

function Unvisited({ debrief }: { debrief: Debrief }) {
  const missing = debrief.stages.filter((stage) => !debrief.path.some((part) => part.id === stage.id));
  if (missing.length === 0) return null;
  return (
    <p class="muted">
      Not reached this time: {missing.map((stage) => stage.name).join(", ")}. A short conversation need not reach them all.
    </p>
  );
}
