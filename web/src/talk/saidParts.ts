// SPDX-License-Identifier: Apache-2.0
// Whatever shows what was said: messages with their notes, and how a conversation ends.
export { EndDialog } from "./EndDialog";
export { Ended } from "./Ended";
export { Exchange } from "./Exchange";
export { ThreadView } from "./ThreadView";
export { Unsent } from "./Unsent";
