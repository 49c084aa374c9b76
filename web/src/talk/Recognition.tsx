// SPDX-License-Identifier: Apache-2.0
import { useContext } from "preact/hooks";
import type { Label, Turn } from "../protocol";
import { marked, text } from "../text";
import { CaseLanguage } from "./caseLanguage";
import { Dissent, useStanding } from "./Dissent";
import { MessageName } from "./messageName";
import { confidenceWords, formWords, levelWords, observations, primaryIndex, runnerUpWords } from "./noteWords";
import { unseen } from "./unseen";

/** What a label rests on: one sure rule, or the observations that weighed most. */
function Reasons({ label, name, reacted }: { label: Label; name: string; reacted: boolean }) {
  const language = useContext(CaseLanguage);
  const inCase = {
    technique: (inside: string) => <strong lang={language}>{inside}</strong>,
    words: (inside: string) => <q lang={language}>{inside}</q>,
    reason: (inside: string) => <span lang={language}>{inside}</span>,
  };
  const told = { technique: label.name, name, reacted: reacted ? "yes" : "no" };
  const observed = observations(label);
  const words = label.technique === "unclassified" ? "" : label.cue.text;
  return (
    <>
      {observed.length > 0 ? (
        <>
          {marked("talk.recognition.observed", inCase, told)}
          <ul class="observed" data-testid="observed">
            {observed.map(({ because, words }) => (
              <li key={because}>
                {words ? marked("talk.recognition.because", inCase, { words, reason: because }) : <span lang={language}>{because}</span>}
              </li>
            ))}
          </ul>
        </>
      ) : (
        <>
          {words
            ? marked("talk.recognition.ruled_words", inCase, { ...told, words, reason: label.reason })
            : marked("talk.recognition.ruled", inCase, { ...told, reason: label.reason })}
          <br />
        </>
      )}
      <span class="muted">
        {[formWords(label), confidenceWords(label), runnerUpWords(label)].filter(Boolean).join(" · ")}
      </span>
    </>
  );
}

const code = (id: string) => <code>{id}</code>;

/** The names that rules go by in the script and the language pack: for whoever wrote them. */
function RuleNames({ turn }: { turn: Turn }) {
  return (
    <div class="muted">
      <p class="note-label">{text("talk.recognition.for_trainers")}</p>
      <ul class="plain">
        {turn.labels.map(
          (label, index) => label.rule && <li key={index}>{marked("talk.recognition.rule", { rule: code }, { rule: label.rule })}</li>,
        )}
        {turn.why && (
          <li>
            {marked("talk.recognition.script_rule", { rule: code }, { rule: turn.why.rule })} ·{" "}
            {text("talk.recognition.answered", { level: levelWords(turn.why.level) })}
            {turn.why.disclosure && <> · {marked("talk.recognition.opened", { disclosure: code }, { disclosure: turn.why.disclosure })}</>}
          </li>
        )}
      </ul>
    </div>
  );
}

/** Everything that led to the label and to the answer. */
export function Recognition({ turn, name }: { turn: Turn; name: string }) {
  const language = useContext(CaseLanguage);
  const message = useContext(MessageName);
  const primary = primaryIndex(turn);
  const disputed = useStanding(turn, (index) => index !== primary);
  return (
    <details class="recognition" open={disputed}>
      <summary>{marked("talk.recognition.title", { unseen }, { message })}</summary>
      <p class="note-label">{text("talk.recognition.in_message")}</p>
      <ul class="plain">
        {turn.labels.map((label, index) => (
          <li key={index}>
            <Reasons label={label} name={name} reacted={index === primary && turn.labels.length > 1} />
            {index !== primary && <Dissent turn={turn} index={index} />}
          </li>
        ))}
        {turn.flags.map((flag) => (
          <li key={flag.id} lang={language}>
            <strong>{flag.name}</strong>. {flag.reason}
          </li>
        ))}
      </ul>
      {turn.picked_up.length > 0 && (
        <p>
          {text("talk.recognition.picked_up", { name })}{" "}
          {turn.picked_up.map((word, index) => (
            <span key={index} lang={language}>
              {index > 0 && ", "}
              <q class="picked">{word.text}</q>
            </span>
          ))}
        </p>
      )}
      {turn.why && (
        <>
          <p class="note-label">{text("talk.recognition.in_answer", { name })}</p>
          <p>
            <span lang={language}>{turn.why.because}</span>
          </p>
        </>
      )}
      <p class="muted">{text("talk.recognition.legend", { name })}</p>
      <RuleNames turn={turn} />
    </details>
  );
}
