// SPDX-License-Identifier: Apache-2.0
// The cases on offer and the trainee's conversations, asked for once and again when the server says that they changed.
import { useEffect } from "preact/hooks";
import type { Connection } from "./connection";
import { Observable, useObservable } from "./observable";
import { words } from "./practice";
import type { Case, DrillList, LibraryFindings, SessionSummary } from "./protocol";

export class Library {
  readonly cases = new Observable<Case[] | null>(null);
  readonly sessions = new Observable<SessionSummary[] | null>(null);
  readonly drills = new Observable<DrillList["drills"] | null>(null);
  readonly findings = new Observable<LibraryFindings["files"] | null>(null);
  readonly problem = new Observable<string | null>(null);
  readonly #connection: Connection;
  #casesWanted = false;
  #findingsWanted = false;

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.on("library.changed", () => {
      if (this.#casesWanted) this.#fillCases();
      if (this.#findingsWanted) this.askFindings();
    });
    connection.link.watch((link) => {
      // What changed while the line was down was not announced.
      if (link.state === "open" && link.again) {
        if (this.#casesWanted) this.#fillCases();
        if (this.sessions.value) this.askSessions();
        if (this.#findingsWanted) this.askFindings();
      }
    });
  }

  /** Once for all screens: the list is long, and somebody who opens a conversation need not wait for it. */
  useCases(): Case[] | null {
    const cases = useObservable(this.cases);
    useEffect(() => {
      if (this.#casesWanted) return;
      this.#casesWanted = true;
      this.#fillCases();
    }, []);
    return cases;
  }

  #fillCases(): void {
    const answer = this.#connection.call("library.list", {});
    // What could not be had is asked for again by the next screen that needs it.
    answer.catch(() => {
      this.#casesWanted = false;
    });
    this.#fill(answer, (list) => this.cases.set(list.cases));
  }

  askSessions(): void {
    this.#fill(this.#connection.call("session.list", {}), (list) => this.sessions.set(list.sessions));
  }

  askDrills(): void {
    this.#fill(this.#connection.call("drill.list", {}), (list) => this.drills.set(list.drills));
  }

  askFindings(): void {
    this.#findingsWanted = true;
    this.#fill(this.#connection.call("library.findings", {}), (list) => this.findings.set(list.files));
  }

  #fill<T>(answer: Promise<T>, fill: (result: T) => void): void {
    answer.then(
      (result) => {
        this.problem.set(null);
        fill(result);
      },
      (error: unknown) => this.problem.set(words(error)),
    );
  }
}
