// SPDX-License-Identifier: Apache-2.0
import { to } from "../route";

export function Problem({ title, text }: { title: string; text: string }) {
  return (
    <div class="narrow">
      <h1 tabIndex={-1}>{title}</h1>
      <p role="alert">{text}</p>
      <p>
        <a class="button" href={to.home()}>
          Back to the cases
        </a>
      </p>
    </div>
  );
}
