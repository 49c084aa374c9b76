// SPDX-License-Identifier: Apache-2.0
/** What a silence is sent as. */
export const SILENCE = "…";
