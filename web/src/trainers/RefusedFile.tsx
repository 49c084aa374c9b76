// SPDX-License-Identifier: Apache-2.0
import type { LibraryFindings } from "../protocol";
import { plural } from "../words";

type File = LibraryFindings["files"][number];

function verdict(file: File): string {
  const errors = file.findings.filter((finding) => finding.severity === "error").length;
  const warnings = file.findings.length - errors;
  const counts = [errors > 0 && plural(errors, "error"), warnings > 0 && plural(warnings, "warning")].filter(Boolean).join(", ");
  if (errors === 0) return `In service, with ${counts}.`;
  return file.in_service
    ? `Refused: ${counts}. The version before it is still in service.`
    : `Refused: ${counts}. Nobody can start this case until they are put right.`;
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
              <strong>{finding.severity === "error" ? "Error" : "Warning"}</strong> <code>{finding.code}</code>{" "}
              <span class="muted">
                line {finding.line}:{finding.column}
                {finding.path && (
                  <>
                    {" "}
                    at <code>{finding.path}</code>
                  </>
                )}
              </span>
            </p>
            <p>{finding.reason}</p>
            <p>
              <strong>What to do:</strong> {finding.remedy}
            </p>
          </li>
        ))}
      </ol>
    </article>
  );
}
