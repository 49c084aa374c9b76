// SPDX-License-Identifier: Apache-2.0
import { chooseLanguage, LANGUAGES, type Language, language } from "../language";
import { useObservable } from "../observable";
import { useTitle } from "../parts/title";
import { chooseAloud, chooseFeedback, choosePace, chooseText, FEEDBACK, settings, TEXT_SIZES } from "../settings";
import { useVoice } from "../speech";
import { chooseTheme, chosenTheme } from "../theme";
import { Choices } from "./Choices";

export function SettingsPage() {
  useTitle("Settings");
  const feedback = useObservable(settings.feedback);
  const pace = useObservable(settings.pace);
  const text = useObservable(settings.text);
  const theme = useObservable(chosenTheme);
  const aloud = useObservable(settings.aloud);
  const speaking = useObservable(language);
  const voice = useVoice(document.documentElement.lang);
  return (
    <div class="wide settings" data-testid="settings">
      <h1 tabIndex={-1}>Settings</h1>
      <p class="lead">They are kept in this browser and hold from now on.</p>
      <Choices
        testId="feedback"
        legend="When you see the notes on your messages"
        options={FEEDBACK.map(({ level, name, line }) => ({ value: level, name, line }))}
        chosen={feedback}
        onChoose={chooseFeedback}
      />
      <p class="muted small">
        It holds for conversations that you start from now on. Feedback helps while you learn, and a skill that needs it has
        not settled yet: when two conversations in a row went as you wanted, choose the next level.
      </p>
      <Choices
        testId="pace"
        legend="How answers appear"
        options={[
          { value: "human", name: "Line by line, as a person would speak", line: "You can always skip ahead." },
          { value: "at_once", name: "All at once" },
        ]}
        chosen={pace}
        onChoose={choosePace}
      />
      {voice ? (
        <Choices
          testId="aloud"
          legend="Read answers aloud"
          options={[
            { value: "no", name: "No" },
            { value: "yes", name: "Yes", line: `With this device's own voice (${voice.name}); nothing is sent anywhere.` },
          ]}
          chosen={aloud ? "yes" : "no"}
          onChoose={(value) => chooseAloud(value === "yes")}
        />
      ) : (
        <p class="muted small" data-testid="no-voice">
          Reading aloud needs a voice of this device, and the browser offers none.
        </p>
      )}
      <Choices
        testId="text"
        legend="Size of the text"
        options={TEXT_SIZES.map((size) => ({ value: size, name: size === 100 ? "As this browser has it" : `${size}%` }))}
        chosen={text}
        onChoose={chooseText}
      />
      <Choices
        testId="theme"
        legend="Colours"
        options={[
          { value: "system", name: "As this device has them" },
          { value: "light", name: "Light" },
          { value: "dark", name: "Dark" },
        ]}
        chosen={theme}
        onChoose={chooseTheme}
      />
      <Choices
        testId="language"
        legend="Language of these pages"
        options={(Object.keys(LANGUAGES) as Language[]).map((value) => ({ value, name: LANGUAGES[value].name }))}
        chosen={speaking}
        onChoose={(wanted) => void chooseLanguage(wanted)}
      />
    </div>
  );
}
