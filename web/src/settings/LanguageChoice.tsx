// SPDX-License-Identifier: Apache-2.0
import { useState } from "preact/hooks";
import { chooseLanguage, LANGUAGES, type Language, language } from "../language";
import { useObservable } from "../observable";
import { text } from "../text";
import { Choices } from "./Choices";

/** Of these pages; the texts of a language are fetched when it is chosen for the first time. */
export function LanguageChoice() {
  const speaking = useObservable(language);
  const [failed, setFailed] = useState(false);
  const choose = (wanted: Language): void => {
    setFailed(false);
    chooseLanguage(wanted).catch(() => setFailed(true));
  };
  return (
    <>
      <Choices
        testId="language"
        legend={text("settings.language.legend")}
        options={(Object.keys(LANGUAGES) as Language[]).map((value) => ({ value, name: LANGUAGES[value].name, lang: value }))}
        chosen={speaking}
        onChoose={choose}
      />
      {failed && <p role="alert">{text("settings.language.failed")}</p>}
      <p class="muted small">{text("settings.language.cases")}</p>
    </>
  );
}
