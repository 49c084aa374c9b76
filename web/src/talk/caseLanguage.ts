// SPDX-License-Identifier: Apache-2.0
import { createContext } from "preact";

/** The language of the case (BCP 47), for what its character, its guide and its pack say: the page around them may speak another. */
export const CaseLanguage = createContext<string | undefined>(undefined);
