// SPDX-License-Identifier: Apache-2.0
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { keepChoice, readChoice } from "../choices";
import type { CaseSummary } from "../protocol";
import { text } from "../text";
import { atFirst } from "./groups";

interface Props {
  /** Names the list where it is remembered that all of it is shown. */
  part: string;
  items: CaseSummary[];
  /** How many are enough at first sight. */
  few: number;
  done: (item: CaseSummary) => boolean;
  /** Somebody has narrowed them down, and wants to see what is left. */
  narrowed: boolean;
  children: (item: CaseSummary) => ComponentChildren;
}

/** A few cards that were not done yet; the others are folded, for whoever wants to choose among all of them. */
export function Cards({ part, items, few, done, narrowed, children }: Props) {
  const [all, setAll] = useState(readChoice(`home.${part}`) === "all");
  const [first, rest] = narrowed ? [items, []] : atFirst(items, few, done);
  return (
    <>
      <ul class="plain cards">{first.map(children)}</ul>
      {rest.length > 0 && (
        <details
          class="more"
          open={all}
          data-testid={`more-${part}`}
          onToggle={({ currentTarget: { open } }) => {
            setAll(open);
            keepChoice(`home.${part}`, open ? "all" : null);
          }}
        >
          <summary>{all ? text("home.show_fewer") : text("home.show_all", { count: items.length })}</summary>
          <ul class="plain cards">{rest.map(children)}</ul>
        </details>
      )}
    </>
  );
}
