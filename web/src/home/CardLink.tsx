// SPDX-License-Identifier: Apache-2.0
import { marked } from "../text";

interface Props {
  address: string;
  title: string;
  language: string;
  /** What tells it from others of that title, for those who hear the links one by one: it stands elsewhere on the card. */
  kind: string;
}

/** The way from a card to what it is about. */
export function CardLink({ address, title, language, kind }: Props) {
  const marks = {
    title: (inside: string) => <span lang={language}>{inside}</span>,
    unseen: (inside: string) => <span class="unseen">{inside}</span>,
  };
  return <a href={address}>{marked("home.card", marks, { title, kind })}</a>;
}
