// SPDX-License-Identifier: Apache-2.0
// What the trainee writes beside one conversation. Like everything typed here it is kept in this browser until the server has
// confirmed it.
import type { Connection } from "./connection";
import { keep } from "./keep";
import { Observable } from "./observable";
import { words } from "./practice";
import type { Note } from "./protocol";

export interface NotesState {
  notes: Note[];
  /** What is being saved, by what it is about. */
  saving: string[];
  problem: { about: string; text: string } | null;
}

export class Notes {
  readonly state = new Observable<NotesState>({ notes: [], saving: [], problem: null });
  readonly session: string;
  readonly #connection: Connection;
  #closed = false;

  constructor(connection: Connection, session: string) {
    this.#connection = connection;
    this.session = session;
  }

  close(): void {
    this.#closed = true;
  }

  show(notes: Note[]): void {
    this.#update({ notes });
  }

  /** What stands, or what was typed and not yet confirmed. */
  text(about: string): string {
    return keep.note(this.session, about) ?? this.state.value.notes.find((note) => note.about === about)?.text ?? "";
  }

  type(about: string, text: string): void {
    keep.setNote(this.session, about, text);
  }

  async save(about: string): Promise<void> {
    const text = keep.note(this.session, about);
    if (text === null || this.state.value.saving.includes(about)) return;
    this.#update({ saving: [...this.state.value.saving, about], problem: null });
    let typedSince = false;
    try {
      const note = await this.#connection.call("note.write", { session: this.session, about, text });
      typedSince = keep.note(this.session, about) !== text;
      if (!typedSince) keep.setNote(this.session, about, null);
      this.#update({ notes: [...this.state.value.notes.filter((other) => other.about !== about), note] });
    } catch (error) {
      this.#update({ problem: { about, text: words(error) } });
    }
    this.#update({ saving: this.state.value.saving.filter((other) => other !== about) });
    if (typedSince) await this.save(about);
  }

  /** Sends what an earlier visit could not. */
  async resume(): Promise<void> {
    await Promise.all(keep.notesTyped(this.session).map((about) => this.save(about)));
  }

  #update(change: Partial<NotesState>): void {
    if (!this.#closed) this.state.set({ ...this.state.value, ...change });
  }
}
