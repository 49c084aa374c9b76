/* SPDX-License-Identifier: Apache-2.0 */
/* Stored conversations, replayed one after the other with the labels that were shown. Reads only, also beside a running
 * server; keeps one conversation in memory at a time. For the terminal; blocks. */
#ifndef ASKWELL_STORED_H
#define ASKWELL_STORED_H

#include "askwell/library.h"
#include "askwell/replay.h"
#include "askwell/store.h"

struct stored_options {
	const char *data_folder;
	const struct library *library; /* may be NULL: then what was pinned is compiled from the store */
	const char *script;            /* a script's id; NULL: all */
	/* Borrowed until it returns, but for the dialogue, which can be held. */
	void (*visit)(void *user, const struct store_session *session, const struct dialogue *dialogue,
		const struct replay *replay);
	void (*unreadable)(void *user, const struct store_session *session, const struct error *error); /* or NULL */
	void *user;
};

/* STATUS_NOT_FOUND when there is no store. One that cannot be read is reported and passed over. */
enum status stored_each(const struct stored_options *options, struct error *error) CHECKED;

#endif
