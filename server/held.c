/* SPDX-License-Identifier: Apache-2.0 */
#include "held.h"

#include "askwell/utf8.h"

#include <string.h>

static bool held(const struct technique_trial *trial)
{
	return trial->outcome == TECHNIQUE_WON || trial->outcome == TECHNIQUE_LOST;
}

/* Of several defaults that fit, the first stands. */
static const char *standing_default(const struct technique_sentence *sentence)
{
	for (size_t i = 0; i < sentence->trial_count; i++) {
		if (sentence->trials[i].part == TECHNIQUE_PART_DEFAULT && held(&sentence->trials[i]))
			return sentence->trials[i].id;
	}
	return NULL;
}

static void put_name(struct json_out *json, const char *key, const char *name)
{
	json_out_key(json, key);
	if (name != NULL)
		json_out_text(json, name);
	else
		json_out_null(json);
}

static void write_sentence(struct json_out *json, const char *text, const struct technique_sentence *sentence)
{
	json_out_object(json);
	json_out_put_integer(json, "start", (int64_t)utf8_count(text, sentence->span.start));
	json_out_put_integer(json, "end", (int64_t)utf8_count(text, sentence->span.end));
	put_name(json, "rule", sentence->rule);
	put_name(json, "default", standing_default(sentence));
	json_out_put_text(json, "words", sentence->words);
	json_out_key(json, "cues");
	json_out_array(json);
	for (size_t i = 0; i < sentence->trial_count; i++) {
		if (sentence->trials[i].part == TECHNIQUE_PART_CUE && held(&sentence->trials[i]) &&
			strcmp(sentence->trials[i].id, "wording") != 0)
			json_out_text(json, sentence->trials[i].id);
	}
	json_out_array_end(json);
	json_out_object_end(json);
}

void held_write(struct json_out *json, const char *text, const struct technique_explanation *explanation)
{
	json_out_key(json, "sentences");
	json_out_array(json);
	for (size_t i = 0; i < explanation->sentence_count; i++)
		write_sentence(json, text, &explanation->sentences[i]);
	json_out_array_end(json);
}
