// SPDX-License-Identifier: Apache-2.0
import { useContext } from "preact/hooks";
import type { Turn } from "../protocol";
import { text } from "../text";
import { CaseLanguage } from "./caseLanguage";
import { effectWords, primaryLabel } from "./noteWords";

/** One message of a try: what was said, what it was recognised as, what it did, and what came back. */
export function Tried({ turn, name }: { turn: Turn; name: string }) {
  const language = useContext(CaseLanguage);
  const label = primaryLabel(turn);
  return (
    <>
      <p class="try-said" dir="auto" lang={language}>
        {turn.text}
      </p>
      <p class="try-label">
        {label ? <span lang={language}>{label.name}</span> : text("talk.compare.not_recognised")}
        {effectWords(turn.effect).map((change) => (
          <span key={change.id} class={change.better ? "effect better" : "effect worse"}>
            {change.text}
          </span>
        ))}
      </p>
      {turn.reply[0] && (
        <p class="try-reply muted" dir="auto">
          {text("talk.spoken.who", { name })}{" "}
          <span lang={language}>{turn.reply.find((line) => line.voice === "character")?.text ?? turn.reply[0].text}</span>
        </p>
      )}
    </>
  );
}
