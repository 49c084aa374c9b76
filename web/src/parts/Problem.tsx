// SPDX-License-Identifier: Apache-2.0
import { to } from "../addresses";
import { text } from "../text";

export function Problem({ title, text: why }: { title: string; text: string }) {
  return (
    <div class="narrow">
      <h1 tabIndex={-1}>{title}</h1>
      <p role="alert">{why}</p>
      <p>
        <a class="button" href={to.home()}>
          {text("parts.problem.back")}
        </a>
      </p>
    </div>
  );
}
