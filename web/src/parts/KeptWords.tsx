// SPDX-License-Identifier: Apache-2.0
import { keep } from "../keep";

/** What was typed about a conversation and has not reached the server, for when the conversation itself cannot be shown. */
export function KeptWords({ session }: { session: string }) {
  const words = keep.wordsOf(session);
  if (words.length === 0) return null;
  return (
    <section class="narrow" aria-labelledby="kept-title" data-testid="kept-words">
      <h2 id="kept-title">What you had typed</h2>
      <p>It is kept in this browser, and has not reached the server.</p>
      {words.map((text, index) => (
        <p key={index} class="card words" dir="auto">
          {text}
        </p>
      ))}
    </section>
  );
}
