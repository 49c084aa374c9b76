// SPDX-License-Identifier: Apache-2.0
// Which message something belongs to, for those who meet its buttons out of their place: "message 3".
import { createContext } from "preact";
import { text } from "../text";

export const MessageName = createContext("");

/** `attempt`: which try, of a message that was set aside. */
export function messageName(number: number, attempt: number | null): string {
  return attempt === null ? text("talk.exchange.message", { number }) : text("talk.exchange.message_aside", { number, attempt });
}
