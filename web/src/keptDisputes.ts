// SPDX-License-Identifier: Apache-2.0
// What stays in this browser of views on labels: those that the server has not confirmed yet, and those half typed.
import { keys, parse } from "./entries";
import { read, write } from "./stored";

export interface UnsentDispute {
  session: string;
  turn: number;
  label: number;
  kind: "raise" | "withdraw";
  technique: string | null;
  note: string;
  client: string;
}

/** A view of a label, half typed. */
export interface DisputeDraft {
  technique: string;
  note: string;
}

// One entry a label: only the last thing said about it counts.
const disputeKey = ({ session, turn, label }: UnsentDispute): string => `dispute.${session}.${turn}.${label}`;

export const keptDisputes = {
  putUnsent(dispute: UnsentDispute): void {
    write(disputeKey(dispute), JSON.stringify(dispute));
  },
  /** Leaves what was said later about the same label. */
  dropUnsent(dispute: UnsentDispute): void {
    if (parse<UnsentDispute>(read(disputeKey(dispute)))?.client === dispute.client) write(disputeKey(dispute), null);
  },
  unsent(session: string): UnsentDispute[] {
    return keys(`dispute.${session}.`)
      .map((key) => parse<UnsentDispute>(read(key)))
      .filter((dispute): dispute is UnsentDispute => dispute !== null && dispute.session === session);
  },

  draft(session: string, turn: number, label: number): DisputeDraft | null {
    return parse<DisputeDraft>(read(`disputing.${session}.${turn}.${label}`));
  },
  setDraft(session: string, turn: number, label: number, draft: DisputeDraft | null): void {
    write(`disputing.${session}.${turn}.${label}`, draft && JSON.stringify(draft));
  },
};
