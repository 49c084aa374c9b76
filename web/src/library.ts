// SPDX-License-Identifier: Apache-2.0
// The cases on offer and the trainee's conversations, asked for once and again when the server says that they changed.
import { useEffect } from "preact/hooks";
import { setClock } from "./clock";
import { type Connection, RpcError } from "./connection";
import { Observable, useObservable } from "./observable";
import { words } from "./practice";
import type { Case, CaseSummary, DrillList, LibraryFindings, SessionSummary } from "./protocol";

let known: Library | null = null;

/** One for all screens, from the first that needs it. */
export const libraryOf = (connection: Connection): Library => (known ??= new Library(connection));

class Library {
  readonly cases = new Observable<CaseSummary[] | null>(null);
  readonly sessions = new Observable<SessionSummary[] | null>(null);
  readonly drills = new Observable<DrillList["drills"] | null>(null);
  readonly findings = new Observable<LibraryFindings["files"] | null>(null);
  readonly problem = new Observable<string | null>(null);
  readonly #connection: Connection;
  /** With their briefs, as far as somebody looked at them; null: there is none of that name. */
  readonly #briefs = new Map<string, Observable<Case | null | undefined>>();
  #casesWanted = false;
  #findingsWanted = false;

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.on("library.changed", () => {
      this.#askAgain();
    });
    connection.link.watch((link) => {
      // What changed while the line was down was not announced.
      if (link.state === "open" && link.again) {
        if (this.sessions.value) this.askSessions();
        this.#askAgain();
      }
    });
  }

  /** Once for all screens: the list is long, and somebody who opens a conversation need not wait for it. */
  useCases(): CaseSummary[] | null {
    const cases = useObservable(this.cases);
    useEffect(() => {
      if (this.#casesWanted) return;
      this.#casesWanted = true;
      this.#fillCases();
    }, []);
    return cases;
  }

  /** A case with its brief; undefined: not here yet, null: there is none of that name. */
  useCase(script: string): Case | null | undefined {
    const brief = useObservable(this.#brief(script));
    useEffect(() => this.#fillBrief(script), [script]);
    return brief;
  }

  #brief(script: string): Observable<Case | null | undefined> {
    const brief = this.#briefs.get(script) ?? new Observable<Case | null | undefined>(undefined);
    this.#briefs.set(script, brief);
    return brief;
  }

  #fillBrief(script: string): void {
    this.#connection.call("library.case", { script }).then(
      (found) => this.#brief(script).set(found),
      (error: unknown) => {
        if (error instanceof RpcError && error.status === "not_found") this.#brief(script).set(null);
        else this.problem.set(words(error));
      },
    );
  }

  #askAgain(): void {
    if (this.#casesWanted) this.#fillCases();
    if (this.#findingsWanted) this.askFindings();
    for (const script of this.#briefs.keys()) this.#fillBrief(script);
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
    this.#fill(this.#connection.call("session.list", {}), (list) => {
      setClock(list.now);
      this.sessions.set(list.sessions);
    });
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
