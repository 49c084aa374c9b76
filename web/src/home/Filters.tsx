// SPDX-License-Identifier: Apache-2.0
import { useMemo } from "preact/hooks";
import { language } from "../language";
import type { CaseSummary } from "../protocol";
import { text } from "../text";
import { EVERYTHING, type Filter, optionsOf } from "./filter";

interface Props {
  cases: CaseSummary[];
  filter: Filter;
  shown: number;
  onChange: (filter: Filter) => void;
}

const KEYS = ["mode", "model", "skill", "level", "minutes", "programme"] as const;

/** Narrows the list of cases. What cannot tell two cases apart is not offered. */
export function Filters({ cases, filter, shown, onChange }: Props) {
  const options = useMemo(() => optionsOf(cases), [cases, language.value]);
  const keys = KEYS.filter((key) => options[key].length > 0);
  const narrowed = Object.values(filter).some((choice) => choice !== "");
  if (keys.length === 0 && !narrowed) return null;
  return (
    <>
      <div class="filters" role="group" aria-label={text("home.filters.legend")}>
        {keys.map((key) => (
          <label key={key}>
            <span class="small">{text(`home.filters.${key}`)}</span>
            <select
              value={filter[key]}
              data-testid={`filter-${key}`}
              onChange={(event) => onChange({ ...filter, [key]: event.currentTarget.value })}
            >
              <option value="">{text(`home.filters.${key}_any`)}</option>
              {options[key].map(({ value, name, lang }) => (
                <option key={value} value={value} lang={lang}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
      <p class="muted small" role="status">
        {narrowed && (shown === 0 ? text("home.filters.none") : text("home.filters.shown", { shown, all: cases.length }))}{" "}
        {narrowed && (
          <button type="button" class="link" onClick={() => onChange(EVERYTHING)}>
            {text("home.filters.reset")}
          </button>
        )}
      </p>
    </>
  );
}
