// SPDX-License-Identifier: Apache-2.0
import { keep } from "../keep";
import { text } from "../text";

/** What was typed about a conversation and has not reached the server, for when the conversation itself cannot be shown. */
export function KeptWords({ session }: { session: string }) {
  const words = keep.wordsOf(session);
  if (words.length === 0) return null;
  return (
    <section class="narrow" aria-labelledby="kept-title" data-testid="kept-words">
      <h2 id="kept-title">{text("parts.kept.title")}</h2>
      <p>{text("parts.kept.line")}</p>
      {words.map((typed, index) => (
        <p key={index} class="card words" dir="auto">
          {typed}
        </p>
      ))}
    </section>
  );
}
