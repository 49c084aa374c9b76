// SPDX-License-Identifier: Apache-2.0
import type { Connection } from "../connection";
import { libraryOf } from "../library";
import { useObservable } from "../observable";
import { useTitle } from "../parts/title";
import { chooseAloud, chooseFeedback, choosePace, chooseText, FEEDBACK, settings, TEXT_SIZES } from "../settings";
import { useVoice } from "../speech";
import { lasting } from "../entries";
import { text } from "../text";
import { chooseTheme, chosenTheme } from "../theme";
import { Choices } from "./Choices";
import { Forget } from "./Forget";
import { LanguageChoice } from "./LanguageChoice";

export function SettingsPage({ connection }: { connection: Connection }) {
  const library = libraryOf(connection);
  useTitle(text("settings.title"));
  const feedback = useObservable(settings.feedback);
  const pace = useObservable(settings.pace);
  const size = useObservable(settings.text);
  const theme = useObservable(chosenTheme);
  const aloud = useObservable(settings.aloud);
  // What is read aloud is in the language of a case, which these pages need not share.
  const voice = useVoice(library.useCases()?.[0]?.language ?? "en");
  return (
    <div class="wide settings" data-testid="settings">
      <h1 tabIndex={-1}>{text("settings.title")}</h1>
      <p class="lead">{text(lasting() ? "settings.lead" : "settings.lead_passing")}</p>
      <Choices
        testId="feedback"
        legend={text("settings.feedback.legend")}
        options={FEEDBACK.map((level) => ({
          value: level,
          name: text("settings.feedback.name", { level }),
          line: text("settings.feedback.line", { level }),
        }))}
        chosen={feedback}
        onChoose={chooseFeedback}
      />
      <p class="muted small">{text("settings.feedback.holds")}</p>
      <Choices
        testId="pace"
        legend={text("settings.pace.legend")}
        options={[
          { value: "human", name: text("settings.pace.human"), line: text("settings.pace.human_line") },
          { value: "at_once", name: text("settings.pace.at_once") },
        ]}
        chosen={pace}
        onChoose={choosePace}
      />
      {voice ? (
        <Choices
          testId="aloud"
          legend={text("settings.aloud.legend")}
          options={[
            { value: "no", name: text("settings.aloud.no") },
            { value: "yes", name: text("settings.aloud.yes"), line: text("settings.aloud.yes_line", { name: voice.name }) },
          ]}
          chosen={aloud ? "yes" : "no"}
          onChoose={(value) => chooseAloud(value === "yes")}
        />
      ) : (
        <p class="muted small" data-testid="no-voice">
          {text("settings.aloud.no_voice")}
        </p>
      )}
      <Choices
        testId="text"
        legend={text("settings.text.legend")}
        options={TEXT_SIZES.map((value) => ({
          value,
          name: value === 100 ? text("settings.text.browser") : text("settings.text.percent", { size: value }),
        }))}
        chosen={size}
        onChoose={chooseText}
      />
      <Choices
        testId="theme"
        legend={text("settings.theme.legend")}
        options={[
          { value: "system", name: text("settings.theme.system") },
          { value: "light", name: text("settings.theme.light") },
          { value: "dark", name: text("settings.theme.dark") },
        ]}
        chosen={theme}
        onChoose={chooseTheme}
      />
      <LanguageChoice />
      <Forget connection={connection} />
    </div>
  );
}
