// SPDX-License-Identifier: Apache-2.0
// What the notes need to know of disputes, wherever in the page they stand.
import { createContext } from "preact";
import type { Disputes } from "../disputes";
import type { Technique } from "../protocol";

export interface Disputing {
  disputes: Disputes;
  techniques: Technique[];
  online: boolean;
}

export const DisputingContext = createContext<Disputing | null>(null);
