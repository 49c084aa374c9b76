// SPDX-License-Identifier: Apache-2.0
import type { Pacing } from "../pacing";
import { useLate } from "../parts/late";
import type { Turn } from "../protocol";

interface Props {
  language: string;
  fresh: Turn | null;
  pacing: Pacing;
}

const load = () => import("../speech");

/** Reads the answers to whoever chose to hear them; nobody else waits for what that takes. */
export function ReadAloud(props: Props) {
  const speech = useLate(load);
  return speech && speech !== "failed" ? <speech.Reader {...props} /> : null;
}
