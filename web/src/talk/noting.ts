// SPDX-License-Identifier: Apache-2.0
import { createContext } from "preact";
import type { Notes } from "../notes";

/** Where what is written beside the conversation goes; null where nothing can be written. */
export const NotingContext = createContext<Notes | null>(null);
