// SPDX-License-Identifier: Apache-2.0
import type { AdviceProps } from "../debrief/Advice";
import { useLate } from "../parts/late";

const load = () => import("../debrief/Advice");

/** What the debrief advised, once that is here: hardly anybody in a conversation comes from its debrief. */
export function AdviceHere(props: AdviceProps) {
  const late = useLate(load);
  return <div role="status">{late && late !== "failed" && <late.Advice {...props} />}</div>;
}
