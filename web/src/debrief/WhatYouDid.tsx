// SPDX-License-Identifier: Apache-2.0
import { useMemo } from "preact/hooks";
import type { Debrief, SessionView } from "../protocol";
import { text } from "../text";
import { Fold } from "./Fold";
import { Mix } from "./Mix";
import { MixOverTime } from "./MixOverTime";
import type { Counts, Family } from "./stretches";

/** The techniques that were used: altogether, and from the first message to the last. */
export function WhatYouDid({ debrief, view, numbers }: { debrief: Debrief; view: SessionView; numbers: Map<number, number> }) {
  const counts = useMemo(() => {
    const sum: Counts = { question: 0, reflection: 0, input: 0, other: 0 };
    for (const { family, count } of debrief.mix) sum[family in sum ? (family as Family) : "other"] += count;
    return sum;
  }, [debrief]);
  return (
    <Fold session={debrief.session} part="mix" title={text("debrief.mix.title")} gist={text("debrief.over_time.counts", counts)}>
      <Mix debrief={debrief} />
      <MixOverTime turns={view.turns} numbers={numbers} />
    </Fold>
  );
}
