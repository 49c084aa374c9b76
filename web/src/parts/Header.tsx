// SPDX-License-Identifier: Apache-2.0
import { useObservable } from "../observable";
import { to } from "../addresses";
import type { Route } from "../route";
import { text } from "../text";
import { switchTheme, theme } from "../theme";
import { Icon } from "./Icon";

export function Header({ screen }: { screen: Route["screen"] }) {
  const shown = useObservable(theme);
  const other = shown === "dark" ? "light" : "dark";
  return (
    <header class="top">
      <a class="brand" href={to.home()}>
        <Icon name="brand" />
        <span>Askwell</span>
      </a>
      <nav aria-label={text("parts.header.nav")}>
        <a href={to.home()} aria-current={screen === "home" ? "page" : undefined}>
          {text("parts.header.practise")}
        </a>
        <a href={to.progress()} aria-current={screen === "progress" ? "page" : undefined}>
          {text("parts.header.progress")}
        </a>
        <a href={to.trainers()} aria-current={screen === "trainers" ? "page" : undefined}>
          {text("parts.header.trainers")}
        </a>
        <a href={to.settings()} aria-current={screen === "settings" ? "page" : undefined}>
          {text("parts.header.settings")}
        </a>
      </nav>
      <button type="button" class="quiet icon-button" onClick={switchTheme} aria-label={text("parts.header.use_colours", { theme: other })}>
        <Icon name={other === "dark" ? "moon" : "sun"} />
      </button>
    </header>
  );
}
