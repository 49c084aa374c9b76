// SPDX-License-Identifier: Apache-2.0
// Whatever shows what was said: messages with their notes, and how a conversation ends.
export { AdviceHere } from "./AdviceHere";
export { AlsoTyped } from "./AlsoTyped";
export { Disputable } from "./Disputable";
export { EndDialog } from "./EndDialog";
export { Ended } from "./Ended";
export { Exchange } from "./Exchange";
export { SpokenNote } from "./SpokenNote";
export { ThreadView } from "./ThreadView";
export { Unsent } from "./Unsent";
