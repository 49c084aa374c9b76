// SPDX-License-Identifier: Apache-2.0
import { Icon } from "../parts/Icon";

const FORMATS = [
  { extension: "md", testid: "download-md", name: "Markdown", use: "to edit or paste into a log" },
  { extension: "html", testid: "download-html", name: "Web page", use: "one file that prints well" },
  { extension: "json", testid: "download-json", name: "JSON", use: "for other programs" },
];

export function Downloads({ session }: { session: string }) {
  return (
    <section aria-labelledby="downloads-title">
      <h2 id="downloads-title">Take it with you</h2>
      <p class="muted">The transcript with its notes and this debrief. Each file says that it is simulated practice.</p>
      <ul class="plain downloads">
        {FORMATS.map((format) => (
          <li key={format.extension}>
            <a
              class="button secondary"
              href={`/export/${encodeURIComponent(session)}.${format.extension}`}
              download
              data-testid={format.testid}
            >
              <Icon name="download" />
              <span>
                {format.name}
                <small>{format.use}</small>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
