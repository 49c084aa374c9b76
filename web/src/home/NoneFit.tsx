// SPDX-License-Identifier: Apache-2.0
import { list, text } from "../text";
import type { Filter } from "./filter";
import type { Barren, Wider } from "./widen";

interface Props {
  barren: Barren;
  /** What none is left of. */
  what: "case" | "drill";
  filter: Filter;
  onWiden: (filter: Filter) => void;
}

function widerName({ keys, filter }: Wider): string {
  const names = keys.map((key) =>
    key === "minutes" && filter.minutes !== "" ? text("home.filters.minutes_at_most", { most: Number(filter.minutes) }) : text(`home.filters.${key}_any`),
  );
  return list(names);
}

/** Which choice leaves none, and what to widen for some. */
export function NoneFit({ barren: { keys, shortest, wider }, what, filter, onWiden }: Props) {
  const most = Number(filter.minutes);
  const filters = list(keys.map((key) => text("home.filters.quoted", { name: text(`home.filters.${key}`) })));
  return (
    <div class="none-fit" data-testid="none-fit">
      <p>
        {shortest === null
          ? text("home.filters.none", { what, filters, count: keys.length })
          : text(keys.length === 1 ? "home.filters.none_so_short" : "home.filters.none_of_rest", { what, most, shortest })}
      </p>
      <p class="actions">
        {wider.map((one) => (
          <button key={one.keys.join(" ")} type="button" class="secondary" onClick={() => onWiden(one.filter)}>
            {text("home.filters.widen", { what, count: one.count, choices: widerName(one) })}
          </button>
        ))}
      </p>
    </div>
  );
}
