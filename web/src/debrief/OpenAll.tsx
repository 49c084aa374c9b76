// SPDX-License-Identifier: Apache-2.0
import { useState } from "preact/hooks";
import { text } from "../text";

/** For whoever reads all of it, or searches it with a browser that does not look into what is folded. */
export function OpenAll({ page }: { page: { current: HTMLElement | null } }) {
  const [open, setOpen] = useState(false);
  const all = (): void => {
    for (const details of page.current?.querySelectorAll<HTMLDetailsElement>("details.fold") ?? []) details.open = !open;
    setOpen(!open);
  };
  return (
    <p>
      <button type="button" class="link" data-testid="open-all" onClick={all}>
        {text(open ? "debrief.page.close_all" : "debrief.page.open_all")}
      </button>
    </p>
  );
}
