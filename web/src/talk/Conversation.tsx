// SPDX-License-Identifier: Apache-2.0
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { keep } from "../keep";
import { noteShown } from "../feedback";
import { useMedia } from "../media";
import { useObservable } from "../observable";
import { usePacing } from "../pacing";
import type { Practice, PracticeState } from "../practice";
import type { SessionView, Turn } from "../protocol";
import { go, to } from "../route";
import { settings } from "../settings";
import { useSpeech, useVoice } from "../speech";
import { served, text } from "../text";
import { messageNumbers, thread } from "../thread";
import { CaseLanguage } from "./caseLanguage";
import { Composer } from "./Composer";
import { DisputingContext, useTechniques } from "./disputing";
import { DrillStrip, progressOf } from "./DrillStrip";
import { useEstimated, useFeedback } from "./feedbackHeld";
import { FeedbackStrip } from "./FeedbackStrip";
import { useFollowing } from "./following";
import { NotingContext } from "./noting";
import type { SaidParts } from "./said";
import { Spoken } from "./Spoken";
import { SpokenNote } from "./SpokenNote";
import { StageStrip } from "./StageStrip";
import { TalkHead } from "./TalkHead";

/** The focus goes into the box first, and what the box is for is said. */
const HEARD_AFTER_MS = 800;

interface Props {
  practice: Practice;
  /** Null: on their way, and nothing was said yet. */
  parts: SaidParts | null;
  state: PracticeState;
  view: SessionView;
  online: boolean;
  moment: number | null;
}

export function Conversation({ practice, parts, state, view, online, moment }: Props) {
  const { name } = view.case.character;
  const calm = useMedia("(prefers-reduced-motion: reduce)");
  const pace = useObservable(settings.pace);
  const pacing = usePacing(state.fresh, calm || pace === "at_once");
  const voice = useVoice(view.case.language);
  useSpeech(useObservable(settings.aloud) ? voice : null, state.fresh, pacing);
  const { level, lower } = useFeedback(practice.notes, view);
  const rated = useEstimated(practice.notes);
  const [ending, setEnding] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const bottom = useRef<HTMLDivElement>(null);
  const numbers = useMemo(() => messageNumbers(view.turns), [view.turns]);
  const progress = useMemo(() => progressOf(view), [view]);
  const { sending } = state;
  const paced = pacing.turn !== null;
  const free = sending === null;
  const over = view.ended !== null && !paced;
  const saying = sending?.kind === "say" ? sending : null;
  // Told by a reference: what was said so far need not be drawn again while a message is on its way.
  const mayRetake = useRef(free);
  mayRetake.current = free;
  useFollowing(bottom, `${view.turns.length} ${pacing.shown} ${paced} ${saying?.client}`, calm);

  // On a touch screen the focus would raise the keyboard over the conversation.
  const toBox = (): void => {
    if (matchMedia("(pointer: fine)").matches) box.current?.focus({ preventScroll: true });
  };
  useEffect(() => {
    if (moment !== null) return;
    bottom.current?.scrollIntoView({ block: "end" });
    toBox();
  }, []);

  // What stands in the log from the start is not announced; whoever comes in hears how it begins.
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOpened(true), HEARD_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);

  const retake = async (turn: number): Promise<void> => {
    if (!mayRetake.current) return;
    pacing.skip();
    if (!(await practice.retake(turn))) return;
    bottom.current?.scrollIntoView({ block: "end" });
    box.current?.focus();
  };
  const end = async (guess: number | null): Promise<void> => {
    setEnding(false);
    keep.setGuess(view.session, guess);
    if (await practice.end()) go(to.debrief(view.session));
  };

  const techniques = useTechniques(practice.disputes);
  const disputing = useMemo(
    () => ({ disputes: practice.disputes, techniques, online }),
    [practice.disputes, techniques, online],
  );

  const shows = (turn: Turn): boolean => noteShown(level, turn, numbers.get(turn.turn) ?? null, { over, rated });

  // The same element again and again while only the draft changes: a long conversation costs nothing per key.
  const said = useMemo(
    () => parts && (
      <parts.ThreadView
        items={thread(view.turns)}
        numbers={numbers}
        name={name}
        pacing={{
          ...pacing,
          skip: () => {
            pacing.skip();
            toBox();
          },
        }}
        moment={moment}
        notesOpen={false}
        noteShown={(turn) => shows(turn)}
        onRetake={retake}
      />
    ),
    [parts, view.turns, numbers, name, pacing.turn, pacing.shown, moment, level, over, rated],
  );

  return (
    <CaseLanguage.Provider value={view.case.language}>
      <div class="talk" onKeyDown={(event) => event.key === "Escape" && paced && pacing.skip()}>
        <TalkHead view={view} />
        {progress ? (
          <DrillStrip progress={progress} />
        ) : (
          <StageStrip stages={view.case.stages} current={view.stage.id} model={view.case.model.name} turns={view.turns} />
        )}
        {!progress && <FeedbackStrip level={level} over={over} name={name} onLower={lower} />}
        <div class={free ? "log" : "log sending"} role="log" aria-live="polite" aria-label={text("talk.log", { name })} data-testid="log">
          <div class="exchange">
            <p class="muted small notice">{served("notice", view.notice)}</p>
            <Spoken lines={view.opening} name={name} />
          </div>
          <NotingContext.Provider value={practice.notes}>
            <DisputingContext.Provider value={disputing}>{said}</DisputingContext.Provider>
          </NotingContext.Provider>
          {saying && parts && (
            <parts.Exchange
              name={name}
              number={numbers.size + 1}
              said={saying.text}
              turn={null}
              lines={[]}
              waiting={online ? "sending" : "kept"}
            />
          )}
        </div>
        <div class="unseen" role="status">
          {/* A key of its own: the same note twice in a row is news twice. */}
          {opened && view.turns.length === 0 && (
            <>
              {text("talk.spoken.who", { name })} <span lang={view.case.language}>{view.opening.map((line) => line.text).join(" ")}</span>
            </>
          )}
          {parts && state.fresh && !paced && shows(state.fresh) && <SpokenNote key={state.fresh.turn} turn={state.fresh} />}
        </div>
        {over ? (
          <NotingContext.Provider value={practice.notes}>
            {parts && <parts.Ended view={view} name={name} />}
            {parts && state.draft !== "" && <parts.Unsent draft={state.draft} onDrop={() => practice.setDraft("")} />}
          </NotingContext.Provider>
        ) : (
          <Composer
            name={name}
            draft={state.draft}
            busy={!free || view.ended !== null}
            online={online}
            problem={state.problem}
            box={box}
            onDraft={(words) => practice.setDraft(words)}
            onSay={(words) => {
              pacing.skip();
              void practice.say(words);
            }}
            drill={progress !== null}
            onEnd={() => setEnding(true)}
            onHint={() => {
              pacing.skip();
              void practice.hint();
            }}
          />
        )}
        <div ref={bottom} />
        {ending && parts && (
          <parts.EndDialog
            name={name}
            messages={numbers.size}
            guessed={keep.guess(view.session)}
            onGuess={(guess) => keep.setGuess(view.session, guess)}
            onStay={() => setEnding(false)}
            onEnd={end}
          />
        )}
      </div>
    </CaseLanguage.Provider>
  );
}
