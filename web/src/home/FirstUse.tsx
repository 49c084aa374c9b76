// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef, useState } from "preact/hooks";
import { keep } from "../keep";

/** The working agreement between a trainee and the program: shown open until it has been read. */
export function FirstUse() {
  const [read, setRead] = useState(keep.choice("agreement") === "read");
  const [justRead, setJustRead] = useState(false);
  const summary = useRef<HTMLElement>(null);
  useEffect(() => {
    if (justRead) summary.current?.focus();
  }, [justRead]);

  if (read) {
    return (
      <details class="agreement-again">
        <summary ref={summary}>What is kept, who can read it, and what this is not</summary>
        <Agreement />
      </details>
    );
  }
  return (
    <section class="card agreement" aria-labelledby="agreement-title">
      <h2 id="agreement-title">Before you start</h2>
      <Agreement />
      <p>
        <button
          type="button"
          onClick={() => {
            keep.setChoice("agreement", "read");
            setRead(true);
            setJustRead(true);
          }}
        >
          I have read this
        </button>
      </p>
    </section>
  );
}

function Agreement() {
  return (
    <dl class="agreement-list">
      <dt>What is kept</dt>
      <dd>
        What you type, when you typed it and how it was answered, on this server only. What looks like a real person's
        details (an e-mail address, a phone number, a postcode) is hidden before it is saved. Please use invented names all the
        same.
      </dd>
      <dt>Who can read it</dt>
      <dd>
        You, in this browser. Whoever looks after this server can reach its files. Nothing is sent anywhere else, and no
        language model is involved: every reply comes from a script.
      </dd>
      <dt>How long, and how to take it with you</dt>
      <dd>
        It stays until whoever looks after this server deletes it; ask them if you want that sooner. Each debrief lets you
        download the whole conversation.
      </dd>
      <dt>What it counts for</dt>
      <dd>
        This is simulated practice with a scripted character. It is <strong>not coaching hours</strong>, and nothing here
        decides whether you meet a standard. Labels are a machine's guess, with the reason beside them.
      </dd>
      <dt>If things are hard</dt>
      <dd>
        Nobody is watching, so this cannot help in a crisis. If you type something that sounds like real danger the
        conversation pauses and says where to turn. In the UK: 999 in an emergency, NHS 111 (option 2 in England), Samaritans
        on 116 123, or text SHOUT to 85258.
      </dd>
    </dl>
  );
}
