// SPDX-License-Identifier: Apache-2.0
import { useEffect } from "preact/hooks";
import type { Connection } from "../connection";
import { libraryOf } from "../library";
import { useObservable } from "../observable";
import { useTitle } from "../parts/title";
import { Waiting } from "../parts/Waiting";
import { text } from "../text";
import { RefusedFile } from "./RefusedFile";

export function Trainers({ connection }: { connection: Connection }) {
  const library = libraryOf(connection);
  useTitle(text("trainers.title"));
  const files = useObservable(library.findings);
  const cases = library.useCases();
  const problem = useObservable(library.problem);
  useEffect(() => library.askFindings(), [library]);

  return (
    <div class="wide">
      <h1 tabIndex={-1}>{text("trainers.title")}</h1>
      <p class="lead">{text("trainers.lead")}</p>
      {problem && <p role="alert">{problem}</p>}
      {cases !== null && <p>{text("trainers.in_service", { count: cases.length })}</p>}
      <section aria-labelledby="findings-title" data-testid="findings">
        <h2 id="findings-title">{text("trainers.findings.title")}</h2>
        <p class="unseen" role="status">
          {files && text("trainers.findings.count", { count: files.length })}
        </p>
        {files === null && <Waiting what="findings" />}
        {files?.length === 0 && <p>{text("trainers.findings.none")}</p>}
        {files?.map((file) => (
          <RefusedFile key={file.file} file={file} />
        ))}
      </section>
    </div>
  );
}
