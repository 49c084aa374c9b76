/* SPDX-License-Identifier: Apache-2.0 */
/* What a trainee writes beside a conversation: masked on a worker thread, kept by the store, and only then shown. */
#include "room.h"

#include "askwell/clock.h"
#include "askwell/memory.h"
#include "askwell/utf8.h"

#include <stdlib.h>
#include <string.h>

struct writing {
	struct request *request;
	const struct dialogue *dialogue;
	struct buffer masked;
	struct note note;
};

static void writing_free(struct writing *writing)
{
	dialogue_release(writing->dialogue);
	buffer_clear(&writing->masked);
	free(writing);
}

static bool is_question(const struct dialogue_question *questions, size_t count, const char *about)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(questions[i].id, about) == 0)
			return true;
	return false;
}

/* ROW.coaching or ROW.mentoring. */
static bool is_cell(const struct dialogue_contrast *contrast, const char *about)
{
	const char *dot = strchr(about, '.');

	if (!dot || (strcmp(dot, ".coaching") != 0 && strcmp(dot, ".mentoring") != 0))
		return false;
	for (size_t i = 0; i < contrast->row_count; i++)
		if (strlen(contrast->rows[i].id) == (size_t)(dot - about) &&
			strncmp(contrast->rows[i].id, about, (size_t)(dot - about)) == 0)
			return true;
	return false;
}

static bool may_be_written(const struct dialogue_info *info, const char *about)
{
	const struct dialogue_contrast *contrast = info->contrast;

	if (is_question(info->prompts, info->prompt_count, about))
		return true;
	return contrast && (is_question(contrast->between, contrast->between_count, about) ||
				   is_question(contrast->end, contrast->end_count, about) || is_cell(contrast, about));
}

/* The number that the whole of `text` is, within 1 and `most`; 0 for anything else. */
static unsigned long number_in(const char *text, unsigned long most)
{
	char *end;
	unsigned long number;

	if (*text < '1' || *text > '9' || strlen(text) > 9)
		return 0;
	number = strtoul(text, &end, 10);
	return *end == '\0' && number <= most ? number : 0;
}

static bool is_technique(const char *text)
{
	enum technique_id id;

	return technique_parse(text, &id);
}

/* self.NAME.TURN: of the run-through that the turn ended. Without a turn it is of the first one. */
static bool is_estimate(const char *about, const char *name, unsigned long turns)
{
	const size_t length = strlen(name);

	if (strncmp(about, name, length) != 0)
		return false;
	return about[length] == '\0' || (about[length] == '.' && number_in(about + length + 1, turns));
}

/* What a trainee writes of their own accord, beside any conversation: a note on a turn, a mark on it, what they think of
 * themselves before they see the debrief, and how much feedback they had. */
struct own_note {
	bool known, fits;
};

static struct own_note own_note(const char *about, const char *text, unsigned long turns)
{
	const bool empty = *text == '\0';
	struct own_note own = {.known = true};

	if (strncmp(about, "line.", 5) == 0 && number_in(about + 5, turns))
		own.fits = true;
	else if (strncmp(about, "mark.", 5) == 0 && number_in(about + 5, turns))
		own.fits = empty || strcmp(text, "reflection") == 0 || strcmp(text, "supervision") == 0;
	else if (is_estimate(about, "self.skill", turns))
		own.fits = empty || is_technique(text);
	else if (is_estimate(about, "self.went", turns))
		own.fits = empty || number_in(text, 5);
	else if (is_estimate(about, "self.best", turns))
		own.fits = empty || number_in(text, turns);
	else if (strcmp(about, "self.feedback") == 0)
		own.fits = number_in(text, 4);
	else
		own.known = false;
	return own;
}

static void go_on(struct practice *practice, const struct id *id)
{
	struct session *session = sessions_find(practice->sessions, id);

	session->busy = false;
	room_go_on(practice, session);
}

static void committed(void *user, enum status status, const struct error *error)
{
	struct writing *writing = user;
	struct request *request = writing->request;
	struct practice *practice = request->practice;
	struct id session = request->session;
	struct buffer out = {0};

	if (status == STATUS_OK) {
		answer_note(&writing->note, &out);
		request_answer(request, out.data, out.length);
	} else {
		request_refuse(request, error);
	}
	buffer_clear(&out);
	writing_free(writing);
	go_on(practice, &session);
}

static void mask_work(void *job, unsigned thread)
{
	struct writing *writing = job;
	const struct turn *written = &writing->request->turn;

	(void)technique_mask(dialogue_pack(writing->dialogue), writing->request->practice->scratches[thread],
		written->text, written->text_length, &writing->masked);
}

static void mask_done(void *job)
{
	struct writing *writing = job;
	struct request *request = writing->request;
	struct practice *practice = request->practice;
	struct id session = request->session;

	writing->note = (struct note){
		.session = session,
		.about = request->about,
		.text = writing->masked.length ? writing->masked.data : "",
		.at_ms = clock_now_ms(),
	};
	if (store_put_note(practice->store, &writing->note, committed, writing))
		return;
	request_busy(request);
	writing_free(writing);
	go_on(practice, &session);
}

void note_take(struct request *request, struct session *session)
{
	struct writing *writing;
	const struct own_note own = own_note(request->about, request->turn.text, session->last_turn);

	if (own.known && !own.fits) {
		request_fail(request, STATUS_INVALID, "note_not_a_choice",
			"This is not one of the answers that can be given here. Choose one, or leave it empty.");
		return;
	}
	if (!own.known && !may_be_written(dialogue_info(session->dialogue), request->about)) {
		request_fail(request, STATUS_NOT_FOUND, "question_not_found",
			"This conversation asks nothing of that name. Open it again and write your answer there.");
		return;
	}
	writing = memory_new(sizeof *writing);
	writing->request = request;
	writing->dialogue = dialogue_hold(session->dialogue);
	session->busy = true;
	if (worker_submit(request->practice->workers, mask_work, mask_done, writing))
		return;
	session->busy = false;
	request_busy(request);
	writing_free(writing);
}

static enum status check_note(const char *about, const char *text, size_t length, struct error *error)
{
	if (strlen(about) >= sizeof((struct request *)0)->about)
		return error_set(error, STATUS_INVALID, "question_not_found", "There is no question of that name.");
	if (!utf8_valid(text, length))
		return error_set(error, STATUS_INVALID, "text_not_utf8", "The text is not valid (UTF-8).");
	if (utf8_count(text, length) > NOTE_CHARACTERS)
		return error_set(error, STATUS_TOO_LARGE, "note_too_long",
			"The text has more than %d characters. Shorten it and save it again.", NOTE_CHARACTERS);
	if (utf8_has_control(text, length))
		return error_set(error, STATUS_INVALID, "text_has_control",
			"The text holds control characters that cannot be shown. Remove them, or type it afresh.");
	return STATUS_OK;
}

void practice_note(struct practice *practice, const struct practice_person *person, const struct id *session,
	const char *about, const char *text, size_t length, practice_answer *done, void *user)
{
	char *plain = memory_copy(text, length);
	size_t kept = room_plain_lines(plain, length);
	struct error error = {0};
	struct request *request;

	if (check_note(about, plain, kept, &error) != STATUS_OK) {
		done(user, error.status, &error, NULL, 0);
		free(plain);
		return;
	}
	if (utf8_blank(plain, kept))
		kept = 0;
	request = request_new(practice, REQUEST_NOTE, person, session, plain, kept);
	free(plain);
	memcpy(request->about, about, strlen(about) + 1);
	request->done = done;
	request->user = user;
	room_enter(request);
}
