// SPDX-License-Identifier: Apache-2.0
import type { Label, Turn } from "../protocol";
import { confidenceWords, formWords, levelWords, observations, primaryIndex, runnerUpWords } from "../words";
import { Dissent, useStanding } from "./Dissent";

/** What a label rests on: one sure rule, or the observations that weighed most. */
function Reasons({ label, reacted }: { label: Label; reacted: string | null }) {
  const observed = observations(label);
  return (
    <>
      <strong>{label.name}</strong>
      {reacted && ` (what ${reacted} reacted to)`}
      {observed.length > 0 ? (
        <>
          {", because:"}
          <ul class="observed" data-testid="observed">
            {observed.map(({ because, words }) => (
              <li key={because}>
                {words && (
                  <>
                    <q>{words}</q>:{" "}
                  </>
                )}
                {because}
              </li>
            ))}
          </ul>
        </>
      ) : (
        <>
          {label.cue.text && label.technique !== "unclassified" && (
            <>
              {" "}
              by <q>{label.cue.text}</q>
            </>
          )}
          . {label.reason}
          <br />
        </>
      )}
      <span class="muted">
        {[formWords(label), confidenceWords(label), runnerUpWords(label)].filter(Boolean).join(" · ")}
        {label.rule && (
          <>
            {" "}
            · rule <code>{label.rule}</code>
          </>
        )}
      </span>
    </>
  );
}

/** Everything that led to the label and to the answer. */
export function Recognition({ turn, name }: { turn: Turn; name: string }) {
  const primary = primaryIndex(turn);
  const disputed = useStanding(turn, (index) => index !== primary);
  return (
    <details class="recognition" open={disputed}>
      <summary>How was this recognised?</summary>
      <p class="note-label">In your message</p>
      <ul class="plain">
        {turn.labels.map((label, index) => (
          <li key={index}>
            <Reasons label={label} reacted={index === primary && turn.labels.length > 1 ? name : null} />
            {index !== primary && <Dissent turn={turn} index={index} />}
          </li>
        ))}
        {turn.flags.map((flag) => (
          <li key={flag.id}>
            <strong>{flag.name}</strong>. {flag.reason}
          </li>
        ))}
      </ul>
      {turn.picked_up.length > 0 && (
        <p>
          {name}'s own words in it:{" "}
          {turn.picked_up.map((word, index) => (
            <span key={index}>
              {index > 0 && ", "}
              <q class="picked">{word.text}</q>
            </span>
          ))}
        </p>
      )}
      {turn.why && (
        <>
          <p class="note-label">In {name}'s answer</p>
          <p>
            {turn.why.because}
            <br />
            <span class="muted">
              script rule <code>{turn.why.rule}</code> · answered by {levelWords(turn.why.level)}
              {turn.why.disclosure && (
                <>
                  {" "}
                  · opened <code>{turn.why.disclosure}</code>
                </>
              )}
            </span>
          </p>
        </>
      )}
      <p class="muted">Labels are a machine's guess. Marked words showed the technique; dotted ones are {name}'s.</p>
    </details>
  );
}
