// SPDX-License-Identifier: Apache-2.0
import { Icon } from "../parts/Icon";
import { text } from "../text";

const FORMATS = ["md", "html", "json"] as const;

export function Downloads({ session }: { session: string }) {
  return (
    <section aria-labelledby="downloads-title">
      <h2 id="downloads-title">{text("debrief.downloads.title")}</h2>
      <p class="muted">{text("debrief.downloads.lead")}</p>
      <ul class="plain downloads">
        {FORMATS.map((format) => (
          <li key={format}>
            <a
              class="button secondary"
              href={`/export/${encodeURIComponent(session)}.${format}`}
              download
              data-testid={`download-${format}`}
            >
              <Icon name="download" />
              <span>
                {text(`debrief.downloads.${format}`)}
                <small>{text(`debrief.downloads.${format}_use`)}</small>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
