// SPDX-License-Identifier: Apache-2.0
import { fetchRest } from "../language";
import { stranger } from "../newcomer";
import { useObservable } from "../observable";
import { fetchSheet } from "../styles";
import { useLate } from "./late";

const load = async () => (await Promise.all([import("./StrangerCard"), fetchSheet("common"), fetchRest()]))[0];

/** Says that the sign-in had ended and what that means, until it has been read; hardly anybody waits for what that takes. */
export function Stranger() {
  return useObservable(stranger) ? <Late /> : null;
}

function Late() {
  const card = useLate(load);
  return card && card !== "failed" ? <card.StrangerCard /> : null;
}
