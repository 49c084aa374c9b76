// SPDX-License-Identifier: Apache-2.0

/** For the mark <unseen> of a text: said by a screen reader, and plain to those who see. */
export const unseen = (inside: string) => <span class="unseen">{inside}</span>;
