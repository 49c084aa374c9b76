// SPDX-License-Identifier: Apache-2.0
import { useMemo, useRef } from "preact/hooks";
import { language } from "../language";
import type { CaseSummary } from "../protocol";
import { text } from "../text";
import { EVERYTHING, type Filter, optionsOf } from "./filter";
import { NoneFit } from "./NoneFit";
import { barren } from "./widen";

interface Props {
  cases: CaseSummary[];
  filter: Filter;
  shown: number;
  onChange: (filter: Filter) => void;
}

const OTHERS = ["mode", "model", "skill", "level", "programme"] as const;

/** Narrows what is listed: by the time that one has, and by more for whoever wants it. What cannot tell two apart is not offered. */
export function Filters({ cases, filter, shown, onChange }: Props) {
  const options = useMemo(() => optionsOf(cases), [cases, language.value]);
  const group = useRef<HTMLDivElement>(null);
  const others = OTHERS.filter((key) => options[key].length > 0);
  const narrowed = Object.values(filter).some((choice) => choice !== "");
  if (others.length === 0 && options.minutes.length === 0 && !narrowed) return null;
  const choose = (next: Filter): void => {
    // The button that was pressed goes; the keyboard goes on where one chooses.
    group.current?.focus();
    onChange(next);
  };
  const conversations = cases.filter(({ mode }) => mode !== "drill");
  // Whoever asks for exercises, or has nothing else, misses no case.
  const what = filter.mode === "drill" || conversations.length === 0 ? "drill" : "case";
  const none = barren(what === "case" ? conversations : cases.filter(({ mode }) => mode === "drill"), filter, options.minutes.map(({ value }) => Number(value)));
  const choice = (key: keyof Filter) => (
    <label key={key}>
      <span class="small">{text(`home.filters.${key}`)}</span>
      <select value={filter[key]} data-testid={`filter-${key}`} onChange={(event) => onChange({ ...filter, [key]: event.currentTarget.value })}>
        <option value="">{text(`home.filters.${key}_any`)}</option>
        {options[key].map(({ value, name, lang }) => (
          <option key={value} value={value} lang={lang}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <>
      <div ref={group} class="filters" role="group" tabIndex={-1} aria-label={text("home.filters.legend")}>
        {options.minutes.length > 0 && choice("minutes")}
        {others.length > 0 && (
          <details open={others.some((key) => filter[key] !== "")}>
            <summary data-testid="more-filters">{text("home.filters.more")}</summary>
            <div class="filters">{others.map(choice)}</div>
          </details>
        )}
      </div>
      <p class="muted small" role="status">
        {narrowed && (
          <>
            {text("home.filters.shown", { shown, all: cases.length })}{" "}
            <button type="button" class="link" onClick={() => choose(EVERYTHING)}>
              {text("home.filters.reset")}
            </button>
          </>
        )}
      </p>
      <div role="status">{none && <NoneFit barren={none} what={what} filter={filter} onWiden={choose} />}</div>
    </>
  );
}
