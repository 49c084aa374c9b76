// SPDX-License-Identifier: Apache-2.0
import { useContext, useEffect, useRef } from "preact/hooks";
import { Icon } from "../parts/Icon";
import type { Turn } from "../protocol";
import { text } from "../text";
import { CaseLanguage } from "./caseLanguage";
import { askMore, useAsked } from "./hints";

/** What is asked for after each step but the last. */
const MORE = ["talk.hint.more_move", "talk.hint.more_example"] as const;

interface Props {
  turn: Turn;
  hint: NonNullable<Turn["hint"]>;
}

export function HintCard({ turn, hint }: Props) {
  const language = useContext(CaseLanguage);
  const asked = useAsked(turn);
  const more = MORE[asked];
  const card = useRef<HTMLDivElement>(null);
  const seen = useRef(asked);
  useEffect(() => {
    if (asked > seen.current) card.current?.scrollIntoView({ block: "nearest" });
    seen.current = asked;
  }, [asked]);
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
          {steps.slice(0, asked + 1).map((step) => (
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
              askMore(turn);
              // The button goes away with the last step; the focus must not go with it.
              if (!MORE[asked + 1]) card.current?.focus({ preventScroll: true });
            }}
          >
            {text(more)}
          </button>
        )}
        {asked > MORE.length && <p class="hint-all">{text("talk.hint.all")}</p>}
      </div>
    </div>
  );
}
