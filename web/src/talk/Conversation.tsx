// SPDX-License-Identifier: Apache-2.0
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { keep } from "../keep";
import { useMedia } from "../media";
import { usePacing } from "../pacing";
import type { Practice, PracticeState } from "../practice";
import type { SessionView, Turn } from "../protocol";
import { go, to } from "../route";
import { messageNumbers, thread } from "../thread";
import { effectWords, NOTE_WORDS, noteKind, primaryLabel } from "../words";
import { Composer } from "./Composer";
import { EndDialog } from "./EndDialog";
import { Ended } from "./Ended";
import { Exchange } from "./Exchange";
import { Spoken } from "./Spoken";
import { StageStrip } from "./StageStrip";
import { TalkHead } from "./TalkHead";
import { ThreadView } from "./ThreadView";

interface Props {
  practice: Practice;
  state: PracticeState;
  view: SessionView;
  online: boolean;
  moment: number | null;
}

const NEAR_END_PX = 260;

function nearEnd(): boolean {
  const page = document.documentElement;
  return page.scrollHeight - innerHeight - scrollY < NEAR_END_PX;
}

function noteWords(turn: Turn): string {
  const label = primaryLabel(turn);
  if (!label) return "";
  const effect = effectWords(turn.effect).map(({ text }) => text);
  return [`Note: ${label.name}`, NOTE_WORDS[noteKind(turn)], effect.join(", ")].filter(Boolean).join(". ");
}

export function Conversation({ practice, state, view, online, moment }: Props) {
  const { character } = view.case;
  const calm = useMedia("(prefers-reduced-motion: reduce)");
  const pacing = usePacing(state.fresh, calm);
  const [ending, setEnding] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const bottom = useRef<HTMLDivElement>(null);
  const items = useMemo(() => thread(view.turns), [view.turns]);
  const numbers = useMemo(() => messageNumbers(view.turns), [view.turns]);
  const paced = pacing.turn !== null;
  const over = view.ended !== null && !paced;
  const ended = view.turns.find((turn) => turn.ended !== null && !turn.set_aside)?.ended ?? null;

  // On a touch screen the focus would raise the keyboard over the conversation.
  const toBox = (): void => {
    if (matchMedia("(pointer: fine)").matches) box.current?.focus({ preventScroll: true });
  };
  useEffect(() => {
    if (moment !== null) return;
    bottom.current?.scrollIntoView({ block: "end" });
    toBox();
  }, []);

  const wasNearEnd = useRef(true);
  const drawn = useRef(false);
  wasNearEnd.current = nearEnd();
  useEffect(() => {
    if (drawn.current && wasNearEnd.current) bottom.current?.scrollIntoView({ block: "end", behavior: calm ? "auto" : "smooth" });
    drawn.current = true;
  }, [view.turns.length, pacing.shown, state.sending, paced]);

  const say = async (text: string): Promise<void> => {
    pacing.skip();
    await practice.say(text);
  };
  const retake = async (turn: number): Promise<void> => {
    pacing.skip();
    if (await practice.retake(turn)) {
      bottom.current?.scrollIntoView({ block: "end" });
      box.current?.focus();
    }
  };
  const end = async (guess: number | null): Promise<void> => {
    setEnding(false);
    keep.setGuess(view.session, guess);
    if (await practice.end()) go(to.debrief(view.session));
  };

  const sendingText = state.sending?.kind === "say" ? state.sending : null;
  return (
    <div class="talk" onKeyDown={(event) => event.key === "Escape" && paced && pacing.skip()}>
      <TalkHead view={view} />
      <StageStrip stages={view.case.stages} current={view.stage.id} model={view.case.model.name} turns={view.turns} />
      <div class="log" role="log" aria-live="polite" aria-label={`Conversation with ${character.name}`} data-testid="log">
        <div class="exchange">
          <p class="muted small notice">{view.notice}</p>
          <Spoken lines={view.opening} name={character.name} />
        </div>
        <ThreadView
          items={items}
          numbers={numbers}
          name={character.name}
          pacing={{
            ...pacing,
            skip: () => {
              pacing.skip();
              toBox();
            },
          }}
          moment={moment}
          notesOpen={false}
          onRetake={state.sending === null ? retake : null}
        />
        {sendingText && (
          <Exchange
            key={`turn-${sendingText.turn}`}
            name={character.name}
            number={numbers.size + 1}
            text={sendingText.text}
            turn={null}
            lines={[]}
            waiting={online ? "sending" : "kept"}
          />
        )}
      </div>
      <div class="unseen" role="status">
        {state.fresh && !paced ? noteWords(state.fresh) : ""}
      </div>
      {over ? (
        <Ended session={view.session} ending={ended} name={character.name} />
      ) : (
        <Composer
          name={character.name}
          draft={state.draft}
          busy={state.sending !== null || view.ended !== null}
          online={online}
          problem={state.problem}
          box={box}
          onDraft={(text) => practice.setDraft(text)}
          onSay={say}
          onEnd={() => setEnding(true)}
          onHint={() => {
            pacing.skip();
            void practice.hint();
          }}
        />
      )}
      <div ref={bottom} />
      {ending && <EndDialog name={character.name} messages={numbers.size} onStay={() => setEnding(false)} onEnd={end} />}
    </div>
  );
}
