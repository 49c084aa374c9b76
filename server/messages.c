/* SPDX-License-Identifier: Apache-2.0 */
#include "messages.h"

#include "folders.h"

#include "askwell/buffer.h"
#include "askwell/file.h"
#include "askwell/findings.h"
#include "askwell/utf8.h"

#include <stdlib.h>
#include <string.h>

#define PACK_BYTES_MAX (1024 * 1024)
#define LINE_BYTES_MAX (1024 * 1024)

struct technique_pack *messages_pack(const char *path)
{
	struct buffer text = {0}, printed = {0}, place = {0};
	struct error error = {0};
	struct findings *findings = findings_new();
	struct technique_pack *pack = NULL;
	enum status status;

	if (path == NULL) {
		buffer_format(&place, "%s/techniques/en.json", folders_dialogues());
		path = place.data;
	}
	if (file_read(path, PACK_BYTES_MAX, &text, &error) != STATUS_OK) {
		fprintf(stderr, "askwell: %s\n", error.text);
		goto out;
	}
	status = technique_pack_compile(path, text.data != NULL ? text.data : "", text.length, false, findings, &pack);
	for (size_t i = 0; status != STATUS_OK && i < findings_count(findings); i++)
		finding_print(findings_at(findings, i), &printed);
	if (printed.length > 0)
		fputs(printed.data, stderr);
out:
	findings_free(findings);
	buffer_clear(&printed);
	buffer_clear(&place);
	buffer_clear(&text);
	return pack;
}

bool messages_mode(const char *name, enum technique_mode *mode)
{
	bool mentoring = strcmp(name, "mentoring") == 0;

	*mode = mentoring ? TECHNIQUE_MENTORING : TECHNIQUE_COACHING;
	return mentoring || strcmp(name, "coaching") == 0;
}

const char *messages_line(const json_t *object, struct technique_context *context)
{
	const char *mode = NULL;
	size_t mode_length = 0;
	const struct {
		const char *name, *wrong;
		const char **text;
		size_t *length;
	} members[] = {
		{"coachee", "\"coachee\" has to be a text", &context->coachee, &context->coachee_length},
		{"previous", "\"previous\" has to be a text", &context->coachee, &context->coachee_length},
		{"before", "\"before\" has to be a text", &context->previous, &context->previous_length},
		{"mode", "\"mode\" has to be a text", &mode, &mode_length},
	};

	if (!json_is_object(object))
		return "this is no JSON object";
	if (!json_is_string(json_object_get(object, "text")))
		return "\"text\" has to be there and be a text";
	for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
		const json_t *value = json_object_get(object, members[i].name);

		if (value == NULL || json_is_null(value))
			continue;
		if (!json_is_string(value))
			return members[i].wrong;
		*members[i].text = json_string_value(value);
		*members[i].length = json_string_length(value);
	}
	return mode == NULL || messages_mode(mode, &context->mode) ? NULL : "\"mode\" is coaching or mentoring";
}

int messages_each(FILE *from, const char *name, messages_visit *visit, void *to)
{
	char *line = NULL;
	size_t capacity = 0, number = 0;
	ssize_t length;
	int result = 0;

	while ((length = getline(&line, &capacity, from)) >= 0) {
		const char *wrong = "the line is longer than 1 MiB";

		number++;
		if (utf8_blank(line, (size_t)length))
			continue;
		if (length <= LINE_BYTES_MAX) {
			json_t *object = json_loadb(line, (size_t)length, 0, NULL);

			wrong = visit(to, object);
			json_decref(object);
		}
		if (wrong != NULL) {
			fprintf(stderr, "askwell: %s %zu: %s.\n", name, number, wrong);
			result = 1;
		}
	}
	free(line);
	if (ferror(from) || fflush(stdout) != 0) {
		fputs("askwell: reading or writing stopped.\n", stderr);
		result = 3;
	}
	return result;
}
