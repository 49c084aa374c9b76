// SPDX-License-Identifier: Apache-2.0
import type { ComponentChildren } from "preact";
import { useEffect, useId, useLayoutEffect, useRef } from "preact/hooks";
import { keepOpened, readOpened } from "./kept";

interface Props {
  session: string;
  /** Names the part where what is open is remembered. */
  part: string;
  title: ComponentChildren;
  /** What is inside, in a few words. */
  gist: ComponentChildren;
  /** Opens it, each time that this is another value: somebody was sent to something inside. */
  wanted?: string | null;
  children: ComponentChildren;
}

/** A part of the debrief that is there for whoever wants it. What is inside is on the page all the same, to be searched and printed. */
export function Fold({ session, part, title, gist, wanted = null, children }: Props) {
  const place = useRef<HTMLDetailsElement>(null);
  const id = useId();
  const atFirst = useRef(wanted !== null || readOpened(session).includes(part));
  // Before anything inside looks for its place.
  useLayoutEffect(() => {
    if (wanted !== null && place.current) place.current.open = true;
  }, [wanted]);
  useOpenOnPaper(place);
  return (
    <section aria-labelledby={id}>
      <details
        class="fold"
        ref={place}
        open={atFirst.current}
        data-testid={`fold-${part}`}
        onToggle={(event) => {
          const { target, currentTarget } = event;
          if (target === currentTarget && !forPaper.has(currentTarget)) keepOpened(session, part, currentTarget.open);
          if (!currentTarget.open) forPaper.delete(currentTarget);
        }}
      >
        <summary>
          <h2 id={id}>{title}</h2> <span class="gist">{gist}</span>
        </summary>
        <div class="folded">{children}</div>
      </details>
    </section>
  );
}

/** Opened for paper, which cannot be unfolded, and not by anybody. */
const forPaper = new WeakSet<HTMLDetailsElement>();

function useOpenOnPaper(place: { current: HTMLDetailsElement | null }): void {
  useEffect(() => {
    let opened: HTMLDetailsElement[] = [];
    const before = (): void => {
      const { current } = place;
      if (!current) return;
      opened = [current, ...current.querySelectorAll("details")].filter((details) => !details.open);
      for (const details of opened) {
        forPaper.add(details);
        details.open = true;
      }
    };
    const after = (): void => {
      for (const details of opened) details.open = false;
      opened = [];
    };
    addEventListener("beforeprint", before);
    addEventListener("afterprint", after);
    return () => {
      removeEventListener("beforeprint", before);
      removeEventListener("afterprint", after);
    };
  }, [place]);
}
