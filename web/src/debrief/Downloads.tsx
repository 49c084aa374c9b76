// SPDX-License-Identifier: Apache-2.0
import { Sign } from "../parts/Sign";
import { text } from "../text";
import { Fold } from "./Fold";

const FORMATS = ["md", "html", "json"] as const;

export function Downloads({ session }: { session: string }) {
  return (
    <Fold session={session} part="downloads" title={text("debrief.downloads.title")} gist={text("debrief.downloads.gist")}>
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
              <Sign name="download" />
              <span>
                {text(`debrief.downloads.${format}`)}
                <small>{text(`debrief.downloads.${format}_use`)}</small>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </Fold>
  );
}
