// SPDX-License-Identifier: Apache-2.0
import { useContext, useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../parts/Icon";
import type { Turn } from "../protocol";
import { text } from "../text";
import { CaseLanguage } from "./caseLanguage";

/** What is asked for after each step but the last. */
const MORE = ["talk.hint.more_move", "talk.hint.more_example"] as const;

/** A hint in three steps, so that a trainee takes no more help than is needed. */
export function HintCard({ hint }: { hint: NonNullable<Turn["hint"]> }) {
  const language = useContext(CaseLanguage);
  const [shown, setShown] = useState(1);
  const more = MORE[shown - 1];
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (shown > 1) card.current?.scrollIntoView({ block: "nearest" });
  }, [shown]);
  const steps: { label: string; hint: string }[] = [
    { label: text("talk.hint.listen_for"), hint: hint.listen_for },
    { label: text("talk.hint.move"), hint: hint.move },
    { label: text("talk.hint.example"), hint: hint.example },
  ];
  return (
    <div class="exchange">
      <div class="guide hint-card" data-testid="hint-card" ref={card} tabIndex={-1}>
        <span class="guide-who">
          <Icon name="hint" />
          {text("talk.hint.title")}
        </span>
        <dl>
          {steps.slice(0, shown).map((step) => (
            <div key={step.label}>
              <dt>{step.label}</dt>
              <dd dir="auto" lang={language}>
                {step.hint}
              </dd>
            </div>
          ))}
        </dl>
        {more && (
          <button
            type="button"
            class="link"
            onClick={() => {
              setShown(shown + 1);
              // The button goes away with the last step; the focus must not go with it.
              if (!MORE[shown]) card.current?.focus({ preventScroll: true });
            }}
          >
            {text(more)}
          </button>
        )}
      </div>
    </div>
  );
}
