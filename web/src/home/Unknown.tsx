// SPDX-License-Identifier: Apache-2.0
import { Problem } from "../parts/Problem";
import { useTitle } from "../parts/title";

export function Unknown() {
  useTitle("Not found");
  return <Problem title="There is nothing at this address" text="The link may be old or cut short." />;
}
