// SPDX-License-Identifier: Apache-2.0
import { useObservable } from "../observable";
import { type Route, to } from "../route";
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
      <nav aria-label="Main">
        <a href={to.home()} aria-current={screen === "home" ? "page" : undefined}>
          Practise
        </a>
        <a href={to.progress()} aria-current={screen === "progress" ? "page" : undefined}>
          Progress
        </a>
        <a href={to.trainers()} aria-current={screen === "trainers" ? "page" : undefined}>
          For trainers
        </a>
        <a href={to.settings()} aria-current={screen === "settings" ? "page" : undefined}>
          Settings
        </a>
      </nav>
      <button type="button" class="quiet icon-button" onClick={switchTheme} aria-label={`Use ${other} colours`}>
        <Icon name={other === "dark" ? "moon" : "sun"} />
      </button>
    </header>
  );
}
