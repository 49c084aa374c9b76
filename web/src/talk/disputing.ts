// SPDX-License-Identifier: Apache-2.0
// What the notes need to know of disputes, wherever in the page they stand.
import { createContext } from "preact";
import { useEffect } from "preact/hooks";
import type { Disputes } from "../disputes";
import { useObservable } from "../observable";
import type { Technique } from "../protocol";

export interface Disputing {
  disputes: Disputes;
  techniques: Technique[];
  online: boolean;
}

export const DisputingContext = createContext<Disputing | null>(null);

/** Asked for once the conversation itself is here, as `wanted` says. */
export function useTechniques(disputes: Disputes, wanted = true): Technique[] {
  useEffect(() => {
    if (wanted) disputes.askTechniques();
  }, [disputes, wanted]);
  return useObservable(disputes.techniques);
}
