// SPDX-License-Identifier: Apache-2.0
// The character's lines read aloud, by a voice of this device: one that sends the words elsewhere is never used.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Pacing } from "./pacing";
import type { Turn } from "./protocol";

/** A managed browser may have taken it away by its name or by its value. */
const synthesis = (globalThis as { speechSynthesis?: SpeechSynthesis }).speechSynthesis;

function localVoice(language: string): SpeechSynthesisVoice | null {
  if (!synthesis) return null;
  const own = synthesis.getVoices().filter((voice) => voice.localService);
  const start = language.slice(0, 2);
  return own.find((voice) => voice.lang === language) ?? own.find((voice) => voice.lang.startsWith(start)) ?? null;
}

/** Whether there is a voice to read with; browsers find theirs a moment after the page is there. */
export function useVoice(language: string): SpeechSynthesisVoice | null {
  const [voice, setVoice] = useState(() => localVoice(language));
  useEffect(() => {
    if (!synthesis) return undefined;
    // The same voice may come as another object; changing it would break a sentence off.
    const look = (): void => setVoice((now) => {
      const found = localVoice(language);
      return now?.voiceURI === found?.voiceURI ? now : found;
    });
    look();
    synthesis.addEventListener("voiceschanged", look);
    return () => synthesis.removeEventListener("voiceschanged", look);
  }, [language]);
  return voice;
}

/** Reads what the character says in a fresh answer, line by line as the lines appear, each once. */
export function Reader({ language, fresh, pacing }: { language: string; fresh: Turn | null; pacing: Pacing }) {
  const voice = useVoice(language);
  const spoken = useRef({ turn: 0, lines: 0 });
  const shown = pacing.turn === null ? (fresh?.reply.length ?? 0) : pacing.shown;
  useEffect(() => {
    if (!voice || !fresh) return;
    const from = spoken.current.turn === fresh.turn ? spoken.current.lines : 0;
    spoken.current = { turn: fresh.turn, lines: Math.max(from, shown) };
    if (from === 0) speechSynthesis.cancel();
    for (const line of fresh.reply.slice(from, shown).filter(({ voice: who }) => who === "character")) {
      const words = new SpeechSynthesisUtterance(line.text);
      words.voice = voice;
      words.lang = voice.lang;
      speechSynthesis.speak(words);
    }
  }, [voice, fresh, shown]);
  useEffect(() => () => (voice ? speechSynthesis.cancel() : undefined), [voice]);
  return null;
}
