// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../parts/Icon";
import type { Turn } from "../protocol";

const MORE = ["Which kind of move would help?", "Show me an example"];

/** A hint in three steps, so that a trainee takes no more help than is needed. */
export function HintCard({ hint }: { hint: NonNullable<Turn["hint"]> }) {
  const [shown, setShown] = useState(1);
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (shown > 1) card.current?.scrollIntoView({ block: "nearest" });
  }, [shown]);
  const steps: { label: string; text: string }[] = [
    { label: "Listen for", text: hint.listen_for },
    { label: "A move that fits", text: hint.move },
    { label: "For example", text: hint.example },
  ];
  return (
    <div class="exchange">
      <div class="guide hint-card" data-testid="hint-card" ref={card} tabIndex={-1}>
        <span class="guide-who">
          <Icon name="hint" />
          Hint
        </span>
        <dl>
          {steps.slice(0, shown).map((step) => (
            <div key={step.label}>
              <dt>{step.label}</dt>
              <dd dir="auto">{step.text}</dd>
            </div>
          ))}
        </dl>
        {MORE[shown - 1] && (
          <button
            type="button"
            class="link"
            onClick={() => {
              setShown(shown + 1);
              // The button goes away with the last step; the focus must not go with it.
              if (!MORE[shown]) card.current?.focus({ preventScroll: true });
            }}
          >
            {MORE[shown - 1]}
          </button>
        )}
      </div>
    </div>
  );
}
