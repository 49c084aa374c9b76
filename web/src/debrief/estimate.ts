// SPDX-License-Identifier: Apache-2.0
/** How a conversation went, in the trainee's own view, from 1 to 5. */
export const WENT = ["Not at all well", "Not very well", "So-so", "Well", "Very well"];
