// SPDX-License-Identifier: Apache-2.0
import type { LibraryFindings } from "../protocol";
import { marked, text } from "../text";

type File = LibraryFindings["files"][number];
type Finding = File["findings"][number];

function verdict(file: File): string {
  const errors = file.findings.filter((finding) => finding.severity === "error").length;
  const warnings = file.findings.length - errors;
  if (errors === 0) return text("trainers.file.warned", { warnings });
  return text(file.in_service ? "trainers.file.refused_kept" : "trainers.file.refused", { errors, warnings });
}

function placeOf({ line, column, path }: Finding) {
  const at = { line: String(line), column: String(column) };
  if (!path) return text("trainers.finding.place", at);
  return marked("trainers.finding.place_at", { path: (inside) => <code>{inside}</code> }, { ...at, path });
}

export function RefusedFile({ file }: { file: File }) {
  return (
    <article class="card file">
      <h3>
        <code>{file.file}</code>
      </h3>
      <p>{verdict(file)}</p>
      <ol class="plain findings">
        {file.findings.map((finding, index) => (
          <li key={index} class={`finding ${finding.severity}`}>
            <p class="finding-head">
              <strong>{text(finding.severity === "error" ? "trainers.finding.error" : "trainers.finding.warning")}</strong>{" "}
              <code>{finding.code}</code> <span class="muted">{placeOf(finding)}</span>
            </p>
            <p lang="en">{finding.reason}</p>
            <p>
              <strong>{text("trainers.finding.remedy")}</strong> <span lang="en">{finding.remedy}</span>
            </p>
          </li>
        ))}
      </ol>
    </article>
  );
}
