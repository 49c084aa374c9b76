// SPDX-License-Identifier: Apache-2.0
import { Problem } from "../parts/Problem";
import { useTitle } from "../parts/title";
import { text } from "../text";

export function Unknown() {
  useTitle(text("home.unknown.title"));
  return <Problem title={text("home.unknown.heading")} text={text("home.unknown.why")} />;
}
