// SPDX-License-Identifier: Apache-2.0
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { keep } from "../keep";
import { noteShown } from "../feedback";
import { useMedia } from "../media";
import { messageNumbers } from "../messageNumbers";
import { useObservable } from "../observable";
import { usePacing } from "../pacing";
import type { Practice, PracticeState } from "../practice";
import type { SessionView, Turn } from "../protocol";
import { go, to } from "../addresses";
import { settings } from "../settings";
import { served, text } from "../text";
import { CaseLanguage } from "./caseLanguage";
import { Composer } from "./Composer";
import { DrillStrip, progressOf } from "./DrillStrip";
import { useEstimated, useFeedback } from "./feedbackHeld";
import { FeedbackStrip } from "./FeedbackStrip";
import { useFollowing } from "./following";
import { askMore, hintHere } from "./hints";
import { lookBack, momentOf } from "./lookBack";
import { typesAhead } from "./typesAhead";
import { SILENCE } from "./silence";
import { messageName } from "./messageName";
import { NotingContext } from "./noting";
import type { SaidParts } from "./said";
import { Spoken } from "./Spoken";
import { SpokenOpening } from "./SpokenOpening";
import { StageStrip } from "./StageStrip";
import { ReadAloud } from "./ReadAloud";
import { TalkHead } from "./TalkHead";

/** The focus goes into the box first, and what the box is for is said. */
const HEARD_AFTER_MS = 800;

/** One message was said since somebody went back to a moment of what had ended: both ends will be compared. */
function triedAgain({ turns }: SessionView): boolean {
  const counted = turns.filter((turn) => !turn.set_aside);
  if (!turns.some((turn) => turn.ended !== null)) return false;
  const back = counted.map(({ kind }) => kind).lastIndexOf("retake");
  return back >= 0 && counted.slice(back + 1).filter((turn) => turn.kind === "say").length === 1;
}

interface Props {
  practice: Practice;
  /** Null: on their way, and nothing was said yet. */
  parts: SaidParts | null;
  state: PracticeState;
  view: SessionView;
  online: boolean;
  moment: number | null;
  /** The focus was on the heading that this takes the place of. */
  atHeading: boolean;
}

export function Conversation({ practice, parts, state, view: stored, online, moment, atHeading }: Props) {
  const again = useMemo(() => momentOf(stored, moment), [stored, moment]);
  const view = useMemo(() => (again ? lookBack(stored, again) : stored), [stored, again]);
  const { name } = view.case.character;
  const calm = useMedia("(prefers-reduced-motion: reduce)");
  const pace = useObservable(settings.pace);
  const pacing = usePacing(state.fresh, calm || pace === "at_once");
  const aloud = useObservable(settings.aloud);
  const { level, lower } = useFeedback(practice.notes, view);
  const rated = useEstimated(practice.notes);
  const [ending, setEnding] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const talk = useRef<HTMLDivElement>(null);
  const bottom = useRef<HTMLDivElement>(null);
  const numbers = useMemo(() => messageNumbers(view.turns), [view.turns]);
  const againNumber = useMemo(() => (again && messageNumbers(stored.turns).get(again.turn)) ?? null, [stored, again]);
  const progress = useMemo(() => progressOf(view), [view]);
  const { sending } = state;
  const paced = pacing.turn !== null;
  const free = sending === null;
  const over = view.ended !== null && !paced;
  const saying = sending?.kind === "say" ? sending : null;
  // Told by a reference: what was said so far need not be drawn again while a message is on its way.
  const mayGoBack = useRef(free);
  mayGoBack.current = free;
  const wentFromHere = useRef(false);
  useFollowing(bottom, {
    newest: `${view.turns.length} ${pacing.shown} ${paced} ${saying?.client}`,
    own: saying?.client ?? null,
    hint: state.fresh?.kind === "hint" ? state.fresh.turn : null,
    calm,
  });

  // On a touch screen the focus would raise the keyboard over the conversation.
  const toBox = (): void => {
    if (!matchMedia("(pointer: coarse)").matches) box.current?.focus({ preventScroll: true });
  };
  useEffect(() => {
    bottom.current?.scrollIntoView({ block: "end" });
    // Whoever asked to say a moment differently asked for the box.
    if (again) box.current?.focus({ preventScroll: true });
    else toBox();
    if (atHeading && document.activeElement === document.body) talk.current?.querySelector("h1")?.focus({ preventScroll: true });
  }, [again?.turn]);

  // What stands in the log from the start is not announced; whoever comes in hears how it begins.
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOpened(true), HEARD_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);

  const showEnd = (): void => {
    const title = document.getElementById("ended-title");
    title?.focus({ preventScroll: true });
    title?.scrollIntoView({ block: "nearest" });
  };
  // The box goes, and the focus with it: reading goes on at how it ended.
  const wasOver = useRef(over);
  useEffect(() => {
    if (over && !wasOver.current && document.activeElement === document.body) showEnd();
    wasOver.current = over;
  }, [over]);

  const goBack = (turn: number): void => {
    if (!mayGoBack.current) return;
    pacing.skip();
    wentFromHere.current = true;
    go(to.talk(view.session, turn));
  };
  // Nothing was changed: back to where they came from, which for a conversation that had ended may be its debrief.
  const leave = (): void => {
    box.current?.focus({ preventScroll: true });
    go(stored.ended === null || wentFromHere.current ? to.talk(view.session) : to.debrief(view.session));
  };
  const hint = async (): Promise<void> => {
    pacing.skip();
    const here = hintHere(view);
    if (here) askMore(here);
    else if (!again || (await practice.retake(again.turn))) void practice.hint();
  };
  const end = async (guess: number | null): Promise<void> => {
    setEnding(false);
    keep.setGuess(view.session, guess);
    if (await practice.end()) go(to.debrief(view.session));
  };

  const shows = (turn: Turn): boolean => noteShown(level, turn, numbers.get(turn.turn) ?? null, { over, rated });

  // The same element again and again while only the draft changes: a long conversation costs nothing per key.
  const said = useMemo(
    () => parts && (
      <parts.ThreadView
        turns={view.turns}
        numbers={numbers}
        name={name}
        pacing={{
          ...pacing,
          skip: () => {
            pacing.skip();
            toBox();
          },
        }}
        moment={null}
        looking={again && stored.next}
        notesOpen={false}
        noteShown={(turn) => shows(turn)}
        onRetake={goBack}
      />
    ),
    [parts, view.turns, again, numbers, name, pacing.turn, pacing.shown, level, over, rated],
  );

  // In an exercise the next task comes with the answer; what became of the last one is heard before that.
  const heard = (
    <div class="unseen" role="status">
      {/* A key of its own: the same note twice in a row is news twice. */}
      {opened && view.turns.length === 0 && (
        <SpokenOpening lines={view.opening} name={name} language={view.case.language} />
      )}
      {parts && state.fresh && (progress || !paced) && shows(state.fresh) && <parts.SpokenNote key={state.fresh.turn} turn={state.fresh} />}
    </div>
  );

  return (
    <CaseLanguage.Provider value={view.case.language}>
      <div
        class="talk"
        ref={talk}
        onKeyDown={(event) => {
          if (event.key === "Escape" && paced) pacing.skip();
          // Whoever goes on typing after a button was pressed means the message.
          if (typesAhead(event)) box.current?.focus({ preventScroll: true });
        }}
      >
        {aloud && <ReadAloud language={view.case.language} fresh={state.fresh} pacing={pacing} />}
        <TalkHead view={view} />
        {progress ? (
          <DrillStrip progress={progress} />
        ) : (
          <StageStrip stages={view.case.stages} current={view.stage.id} model={view.case.model.name} turns={view.turns} />
        )}
        {!progress && <FeedbackStrip level={level} over={over} name={name} onLower={lower} />}
        {progress && heard}
        <div class={free ? "log" : "log sending"} role="log" aria-live="polite" aria-label={text("talk.log", { name })} data-testid="log">
          <div class="exchange">
            <p class="muted small notice">{served("notice", view.notice)}</p>
            <Spoken lines={view.opening} name={name} />
          </div>
          <NotingContext.Provider value={practice.notes}>
            {parts && (
              <parts.Disputable connection={practice.connection} view={view} online={online}>
                {said}
              </parts.Disputable>
            )}
          </NotingContext.Provider>
          {saying && parts && (
            <parts.Exchange
              name={name}
              message={messageName(numbers.size + 1, null)}
              said={saying.text}
              turn={null}
              lines={[]}
              waiting={online ? "sending" : "kept"}
            />
          )}
        </div>
        {!progress && heard}
        {parts && again && (
          <parts.AdviceHere
            key={again.turn}
            connection={practice.connection}
            view={stored}
            notes={practice.notes}
            moment={again.turn}
            onShown={() => bottom.current?.scrollIntoView({ block: "end" })}
          />
        )}
        {triedAgain(view) && !progress && !over && <p class="muted small" data-testid="tried-again">{text("talk.again.said")}</p>}
        {parts && state.others.length > 0 && (
          <parts.AlsoTyped
            others={state.others}
            onUse={
              over
                ? null
                : (other) => {
                    practice.swapDraft(other);
                    box.current?.focus();
                  }
            }
            onDrop={(other) => {
              practice.dropDraft(other);
              toBox();
            }}
          />
        )}
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
              void (again ? practice.sayAgain(again.turn, words) : practice.say(words));
              if (words === SILENCE) toBox();
            }}
            again={againNumber}
            had={again?.text ?? ""}
            onLeave={leave}
            drill={progress !== null}
            onEnd={() => (again && stored.ended !== null ? leave() : setEnding(true))}
            onHint={() => void hint()}
          />
        )}
        <div ref={bottom} />
        {ending && parts && (
          <parts.EndDialog
            name={name}
            messages={messageNumbers(stored.turns).size}
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
