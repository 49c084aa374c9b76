// SPDX-License-Identifier: Apache-2.0
import { useContext, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { type Disputes, isAt, standing } from "../disputes";
import { useObservable } from "../observable";
import type { Dispute, Label, Technique, Turn } from "../protocol";
import { marked, text } from "../text";
import { CaseLanguage } from "./caseLanguage";
import { DisputeForm } from "./DisputeForm";
import { type Disputing, DisputingContext } from "./disputing";
import { MessageName } from "./messageName";
import { unseen } from "./unseen";

interface Props {
  turn: Turn;
  /** Which of its labels. */
  index: number;
}

/** Under a label: the trainee may see it differently, and what a trainer made of that. */
export function Dissent({ turn, index }: Props) {
  const disputing = useContext(DisputingContext);
  const label = turn.labels[index];
  return disputing && label ? <Standing turn={turn} index={index} label={label} disputing={disputing} /> : null;
}

function Standing({ turn, index, label, disputing }: Props & { label: Label; disputing: Disputing }) {
  const { disputes, techniques, online } = disputing;
  const state = useObservable(disputes.state);
  const place = { turn: turn.turn, label: index };
  const dispute = standing(state, place);
  const sending = state.sending.some((unsent) => isAt(unsent, place));
  const problem = state.problem && isAt(state.problem, place) ? state.problem.text : null;
  const [open, setOpen] = useState(disputes.draft(place) !== null && dispute?.state !== "ruled");
  const [said, setSaid] = useState("");
  const own = useRef<HTMLDivElement>(null);
  const focusNext = useRef<string | null>(null);

  // What had the focus goes away with the change; it goes on at what takes its place.
  useLayoutEffect(() => {
    if (!focusNext.current) return;
    own.current?.scrollIntoView({ block: "nearest" });
    own.current?.querySelector<HTMLElement>(focusNext.current)?.focus({ preventScroll: true });
    focusNext.current = null;
  });
  const turnTo = (isOpen: boolean, next: string, words: string): void => {
    focusNext.current = next;
    setOpen(isOpen);
    setSaid(words);
  };
  const send = (technique: string | null, note: string): void => {
    turnTo(false, ".dissent-view", text("talk.dissent.noted"));
    // Kept as sent before it is let go as a draft.
    void disputes.raise(place, technique, note);
    disputes.setDraft(place, null);
  };
  const withdraw = (): void => {
    turnTo(false, "[data-testid=dispute]", text("talk.dissent.taken_back"));
    void disputes.withdraw(place);
  };

  const language = useContext(CaseLanguage);
  const message = useContext(MessageName);
  const about = {
    unseen,
    technique: (name: string) => (
      <span class="unseen" lang={language}>
        {name}
      </span>
    ),
  };
  const nothing = label.technique === "unclassified";
  const raise = dispute ? "talk.dissent.change" : nothing ? "talk.dissent.name_it" : "talk.dissent.differ";
  return (
    <div class="dissent" ref={own} data-testid="dissent">
      <span class="unseen" role="status">
        {said}
      </span>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {open ? (
        <DisputeForm
          id={`${turn.session}-${turn.turn}-${index}`}
          label={label}
          techniques={techniques}
          dispute={dispute}
          draft={disputes.draft(place)}
          onDraft={(draft) => disputes.setDraft(place, draft)}
          onSend={send}
          onFold={() => turnTo(false, "[data-testid=dispute]", "")}
          onCancel={() => {
            disputes.setDraft(place, null);
            turnTo(false, "[data-testid=dispute]", "");
          }}
        />
      ) : (
        <>
          {dispute && <View dispute={dispute} label={label} techniques={techniques} waiting={sending ? (online ? "sending" : "kept") : null} />}
          {dispute?.state !== "ruled" && (
            <p class="dissent-actions">
              <button type="button" class="link" data-testid="dispute" onClick={() => turnTo(true, "select", "")}>
                {marked(raise, about, { technique: label.name, message })}
              </button>
              {dispute && (
                <button type="button" class="link" data-testid="withdraw" onClick={withdraw}>
                  {marked("talk.dissent.withdraw", about, { technique: label.name, message })}
                </button>
              )}
            </p>
          )}
        </>
      )}
    </div>
  );
}

interface ViewProps {
  dispute: Dispute;
  label: Label;
  techniques: Technique[];
  waiting: "sending" | "kept" | null;
}

function View({ dispute, label, techniques, waiting }: ViewProps) {
  const language = useContext(CaseLanguage);
  const strong = { technique: (name: string) => <strong lang={language}>{name}</strong> };
  const name = nameOf(dispute, techniques);
  const nothing = label.technique === "unclassified";
  const { ruling } = dispute;
  return (
    <div class="dissent-view" tabIndex={-1} data-testid="dispute-view">
      <p>
        {name
          ? marked(nothing ? "talk.dissent.called" : "talk.dissent.saw", strong, { technique: name })
          : text(nothing ? "talk.dissent.called_something_else" : "talk.dissent.saw_something_else")}
        {!ruling && !waiting && ` ${text("talk.dissent.can_be_ruled")}`}
        {waiting && <span class="muted"> {text(`talk.dissent.${waiting}`)}</span>}
      </p>
      {dispute.note && (
        <p class="dissent-note" dir="auto">
          {dispute.note}
        </p>
      )}
      {ruling && (
        <div class="dissent-ruling" data-testid="ruling">
          <p>
            <span class="note-label">
              {ruling.by ? text("talk.dissent.ruling_by", { by: ruling.by }) : text("talk.dissent.ruling")}
            </span>
            {marked(agreement(dispute, label), strong, { technique: ruling.name })}
          </p>
          <p dir="auto">{ruling.why}</p>
        </div>
      )}
    </div>
  );
}

function nameOf(dispute: Dispute, techniques: Technique[]): string | null {
  return dispute.name ?? techniques.find(({ id }) => id === dispute.technique)?.name ?? null;
}

function agreement(dispute: Dispute, label: Label) {
  if (dispute.ruling?.technique === dispute.technique) return "talk.dissent.as_you_do";
  if (dispute.ruling?.technique === label.technique) return "talk.dissent.as_it_is";
  return "talk.dissent.third_thing";
}

/** Whether something stands about one of these labels. */
export function useStanding(turn: Turn, which: (index: number) => boolean): boolean {
  const disputing = useContext(DisputingContext);
  return useWatched(disputing?.disputes ?? null, (state) =>
    turn.labels.some((_, index) => which(index) && standing(state, { turn: turn.turn, label: index }) !== null),
  );
}

function useWatched(disputes: Disputes | null, pick: (state: Disputes["state"]["value"]) => boolean): boolean {
  const [value, setValue] = useState(disputes !== null && pick(disputes.state.value));
  useEffect(() => {
    if (!disputes) return undefined;
    setValue(pick(disputes.state.value));
    return disputes.state.watch((state) => setValue(pick(state)));
  }, [disputes]);
  return value;
}
