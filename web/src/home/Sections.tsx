// SPDX-License-Identifier: Apache-2.0
import { text } from "../text";

export interface Place {
  id: string;
  name: string;
  count: number;
}

/** The way to the parts of a long page, which the address cannot name. */
export function Sections({ places }: { places: Place[] }) {
  const shown = places.filter(({ count }) => count > 0);
  if (shown.length < 2) return null;
  return (
    <nav aria-label={text("home.sections")} class="sections">
      <ul class="plain">
        {shown.map(({ id, name, count }) => (
          <li key={id}>
            <button
              type="button"
              class="link"
              onClick={() => {
                const heading = document.getElementById(id);
                heading?.scrollIntoView({ block: "start" });
                heading?.focus({ preventScroll: true });
              }}
            >
              {text("home.section", { name, count })}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
