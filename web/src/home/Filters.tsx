// SPDX-License-Identifier: Apache-2.0
import { useMemo } from "preact/hooks";
import type { Case } from "../protocol";
import { EVERYTHING, type Filter, optionsOf } from "./filter";

interface Props {
  cases: Case[];
  filter: Filter;
  shown: number;
  onChange: (filter: Filter) => void;
}

const NAMES: Record<keyof Filter, { name: string; all: string }> = {
  mode: { name: "Role", all: "Any role" },
  model: { name: "Model", all: "Any model" },
  skill: { name: "Skill", all: "Any skill" },
  level: { name: "Level", all: "Any level" },
  minutes: { name: "Time", all: "Any length" },
  programme: { name: "Programme", all: "Any programme" },
};

/** Narrows the list of cases. What cannot tell two cases apart is not offered. */
export function Filters({ cases, filter, shown, onChange }: Props) {
  const options = useMemo(() => optionsOf(cases), [cases]);
  const keys = (Object.keys(NAMES) as (keyof Filter)[]).filter((key) => options[key].length > 0);
  const narrowed = Object.values(filter).some((choice) => choice !== "");
  if (keys.length === 0 && !narrowed) return null;
  return (
    <>
      <div class="filters" role="group" aria-label="Choose cases by">
        {keys.map((key) => (
          <label key={key}>
            <span class="small">{NAMES[key].name}</span>
            <select
              value={filter[key]}
              data-testid={`filter-${key}`}
              onChange={(event) => onChange({ ...filter, [key]: event.currentTarget.value })}
            >
              <option value="">{NAMES[key].all}</option>
              {options[key].map(({ value, name }) => (
                <option key={value} value={value}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
      <p class="muted small" role="status">
        {narrowed && (shown === 0 ? "No case fits all of these." : `${shown} of ${cases.length} cases.`)}{" "}
        {narrowed && (
          <button type="button" class="link" onClick={() => onChange(EVERYTHING)}>
            Show all
          </button>
        )}
      </p>
    </>
  );
}
