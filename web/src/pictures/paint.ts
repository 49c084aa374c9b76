// SPDX-License-Identifier: Apache-2.0
// What a canvas needs from the style sheet, which does not reach into it.

export interface Paint {
  /** The value of a token, such as "--accent". */
  colour: (token: string) => string;
  /** Whole pixels: uPlot scales no fraction. */
  size: number;
  font: string;
}

export function paintOf(element: Element): Paint {
  const style = getComputedStyle(element);
  const size = Math.round(Number.parseFloat(style.fontSize));
  return { colour: (token) => style.getPropertyValue(token).trim(), size, font: `${size}px ${style.fontFamily}` };
}
