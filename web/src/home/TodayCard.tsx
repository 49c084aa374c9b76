// SPDX-License-Identifier: Apache-2.0
import { text } from "../text";
import type { Today } from "./today";

export function TodayCard({ today }: { today: Today }) {
  return (
    <section class="card today" aria-labelledby="today-title" data-testid="today">
      <h2 id="today-title">{text("home.today.title")}</h2>
      <p>
        <a class="button" href={today.address} lang={today.language ?? undefined}>
          {today.title}
        </a>
      </p>
      <p>{today.why}</p>
    </section>
  );
}
