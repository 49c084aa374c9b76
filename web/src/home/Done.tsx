// SPDX-License-Identifier: Apache-2.0
import { Icon } from "../parts/Icon";
import { day, text } from "../text";
import type { CaseRecord } from "./record";

/** That a case was practised before: how often, and when last. */
export function Done({ record: { times, last, open } }: { record: CaseRecord }) {
  if (last === null && !open) return null;
  return (
    <p class="done" data-testid="done">
      {last !== null && (
        <span>
          <Icon name="strength" /> {text("home.done.times", { times, time: day(last) })}
        </span>
      )}
      {open && <span>{text("home.done.open")}</span>}
    </p>
  );
}
