// SPDX-License-Identifier: Apache-2.0
import { useEffect } from "preact/hooks";
import type { Library } from "../library";
import { useObservable } from "../observable";
import { useTitle } from "../parts/title";
import { Waiting } from "../parts/Waiting";
import { plural } from "../words";
import { RefusedFile } from "./RefusedFile";

export function Trainers({ library }: { library: Library }) {
  useTitle("For trainers");
  const files = useObservable(library.findings);
  const cases = library.useCases();
  const problem = useObservable(library.problem);
  useEffect(() => library.askFindings(), [library]);

  return (
    <div class="wide">
      <h1 tabIndex={-1}>For trainers</h1>
      <p class="lead">
        Scripts live in the dialogues folder. Save a file there and it is checked and in service within moments. A file with
        errors is refused with everything that was found, and the version before it stays in service.
      </p>
      {problem && <p role="alert">{problem}</p>}
      {cases !== null && <p>{plural(cases.length, "case")} in service.</p>}
      <section aria-labelledby="findings-title" data-testid="findings">
        <h2 id="findings-title">What the checker found</h2>
        <p class="unseen" role="status">
          {files && `${plural(files.length, "file")} with findings`}
        </p>
        {files === null && <Waiting what="the findings" />}
        {files?.length === 0 && <p>Nothing to report: every file in the folder is in service.</p>}
        {files?.map((file) => (
          <RefusedFile key={file.file} file={file} />
        ))}
      </section>
    </div>
  );
}
