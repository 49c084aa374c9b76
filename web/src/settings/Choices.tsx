// SPDX-License-Identifier: Apache-2.0
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface Props<T extends string | number> {
  legend: ComponentChildren;
  /** `lang`: of the name, where it is not in the language of the page. */
  options: { value: T; name: string; line?: string; lang?: string }[];
  chosen: T | null;
  onChoose: (value: T) => void;
  testId: string;
}

/** One of a few, each with a word on what it is for. */
export function Choices<T extends string | number>({ legend, options, chosen, onChoose, testId }: Props<T>) {
  const name = useId();
  return (
    <fieldset class="choices" data-testid={testId}>
      <legend>{legend}</legend>
      {options.map(({ value, name: words, line, lang }) => (
        <label key={value} class="choice">
          <input type="radio" name={name} value={value} checked={value === chosen} onChange={() => onChoose(value)} />
          <span>
            <span lang={lang}>{words}</span>
            {line && <span class="muted small choice-line">{line}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
