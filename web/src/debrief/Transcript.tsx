// SPDX-License-Identifier: Apache-2.0
import { useMemo } from "preact/hooks";
import type { SessionView } from "../protocol";
import { Spoken } from "../talk/Spoken";
import { ThreadView } from "../talk/ThreadView";
import { text } from "../text";
import { thread } from "../thread";

interface Props {
  view: SessionView;
  numbers: Map<number, number>;
  moment: number | null;
}

export function Transcript({ view, numbers, moment }: Props) {
  const items = useMemo(() => thread(view.turns), [view.turns]);
  const { name } = view.case.character;
  return (
    <section aria-labelledby="transcript-title">
      <h2 id="transcript-title">{text("debrief.transcript.title")}</h2>
      <div class="log transcript" data-testid="transcript">
        <div class="exchange">
          <Spoken lines={view.opening} name={name} />
        </div>
        <ThreadView items={items} numbers={numbers} name={name} pacing={null} moment={moment} notesOpen onRetake={null} />
      </div>
    </section>
  );
}
