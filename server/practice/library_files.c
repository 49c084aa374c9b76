/* SPDX-License-Identifier: Apache-2.0 */
/* The files of a dialogues folder, read as far as needed to know what each is. */
#include "library_load.h"

#include "askwell/file.h"
#include "askwell/memory.h"
#include "askwell/parallel.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool ends_with(const char *text, const char *end)
{
	size_t length = strlen(text), tail = strlen(end);

	return length >= tail && strcmp(text + length - tail, end) == 0;
}

/* Schemas describe scripts and are none. */
static bool is_content(const char *relative)
{
	return ends_with(relative, ".json") && strncmp(relative, "schema/", 7) != 0;
}

struct signature {
	struct buffer text;
};

static enum status sign_file(void *user, const char *path, const char *relative)
{
	struct signature *signature = user;
	struct stat about;

	if (is_content(relative) && stat(path, &about) == 0)
		buffer_format(&signature->text, "%s\n%lld %lld.%09ld %llu\n", relative, (long long)about.st_size,
			(long long)about.st_mtim.tv_sec, about.st_mtim.tv_nsec, (unsigned long long)about.st_ino);
	return STATUS_OK;
}

enum status library_signature(const char *folder, char out[HASH_TEXT_SIZE], struct error *error)
{
	struct signature signature = {0};
	enum status status = file_walk(folder, sign_file, &signature, error);

	if (status == STATUS_OK) {
		struct hash_part part = {signature.text.data, signature.text.length};

		hash_parts(&part, 1, out);
	}
	buffer_clear(&signature.text);
	return status;
}

void finding_for_file(struct loaded_file *file, const char *code, const char *reason, const char *remedy)
{
	struct finding finding = {.code = code,
		.severity = FINDING_ERROR,
		.file = file->source.file,
		.path = "",
		.reason = reason,
		.remedy = remedy};

	findings_add(file->findings, &finding);
}

static bool says_what_it_is(struct loaded_file *file)
{
	if (file->head.kind == DIALOGUE_KIND_UNKNOWN)
		finding_for_file(file, "L004", "The file does not say what it is, or says it in an unknown word.",
			"Set \"kind\" to \"dialogue\", \"model\", \"temperament\", \"fragment\", \"drill\", "
			"\"contrast\" or \"pack\".");
	else if (!file->head.id)
		finding_for_file(file, "L005", "The file has no id.",
			"Set \"id\" to a name of its own: lower case, digits, underscores.");
	else
		return true;
	return false;
}

static enum status read_file(void *user, const char *path, const char *relative)
{
	struct load *load = user;
	struct library *library = load->library;
	struct buffer text = {0};
	struct error error = {0};
	struct loaded_file *file;
	enum status status;

	if (!is_content(relative) && path != load->options->draft)
		return STATUS_OK;
	if (library->file_count == library->file_capacity) {
		library->file_capacity = library->file_capacity ? library->file_capacity * 2 : 32;
		library->files = memory_grow(library->files, library->file_capacity, sizeof *library->files);
	}
	file = &library->files[library->file_count++];
	*file = (struct loaded_file){.findings = findings_new(), .arena = arena_new(0)};
	file->source.file = arena_text(library->arena, relative);
	status = file_read(path, DIALOGUE_SOURCE_MAX, &text, &error);
	if (status == STATUS_OK) {
		file->source.text = arena_copy(library->arena, text.data ? text.data : "", text.length);
		file->source.length = text.length;
	} else {
		finding_for_file(file, "L001", error.text,
			"Make the file readable, at most 1 MiB, or take it out of the folder.");
	}
	buffer_clear(&text);
	return STATUS_OK;
}

static bool was_there(const struct load *load, const struct loaded_file *file)
{
	for (size_t i = 0; load->previous && i < load->previous->file_count; i++) {
		const struct dialogue_source *before = &load->previous->files[i].source;

		if (before->text && file->source.text && before->length == file->source.length &&
			memcmp(before->text, file->source.text, before->length) == 0)
			return true;
	}
	return false;
}

/* The first reading of everything. A pack takes as long as all the rest, so those that will be wanted are begun first; who
 * is mistaken about that only takes longer. */
struct first_reading {
	struct load *load;
	size_t *packs;
	size_t pack_count;
};

static void find_packs(struct first_reading *reading)
{
	struct library *library = reading->load->library;
	struct dialogue_head *heads = memory_array(library->file_count + 1, sizeof *heads);

	for (size_t i = 0; i < library->file_count; i++)
		if (library->files[i].source.text)
			(void)dialogue_glance(&library->files[i].source, library->files[i].arena, &heads[i]);
	for (size_t i = 0; i < library->file_count; i++) {
		const char *language = heads[i].language ? heads[i].language : heads[i].id;
		bool wanted = reading->load->options->thorough || reading->load->options->every_pack;

		if (heads[i].kind != DIALOGUE_KIND_PACK || !language || was_there(reading->load, &library->files[i]))
			continue;
		for (size_t j = 0; j < library->file_count && !wanted; j++)
			wanted = heads[j].kind != DIALOGUE_KIND_PACK && heads[j].language &&
				 strcmp(heads[j].language, language) == 0;
		if (wanted)
			reading->packs[reading->pack_count++] = i;
	}
	free(heads);
}

static void read_head(void *user, size_t index)
{
	struct first_reading *reading = user;
	struct load *load = reading->load;
	struct loaded_file *file;

	if (index < reading->pack_count) {
		file = &load->library->files[reading->packs[index]];
		file->pack_findings = findings_new();
		if (technique_pack_compile(file->source.file, file->source.text, file->source.length,
			    load->options->thorough, file->pack_findings, &file->pack) != STATUS_OK)
			file->pack = NULL;
		return;
	}
	file = &load->library->files[index - reading->pack_count];
	if (!file->source.text)
		return;
	if (dialogue_head(&file->source, file->arena, file->findings, load->cache, &file->head) == STATUS_OK)
		file->readable = says_what_it_is(file);
}

static void glance_at(void *user, size_t index)
{
	struct load *load = user;
	struct loaded_file *file = &load->library->files[index];

	file->readable = file->source.text && dialogue_glance(&file->source, file->arena, &file->head);
}

static void read_heads(struct load *load)
{
	struct library *library = load->library;
	struct first_reading reading = {.load = load};

	if (load->options->on_demand) {
		parallel_run(library->file_count, glance_at, load);
		return;
	}
	reading.packs = memory_array(library->file_count + 1, sizeof *reading.packs);
	find_packs(&reading);
	parallel_run(reading.pack_count + library->file_count, read_head, &reading);
	free(reading.packs);
}

/* The draft stands for the file of its id. */
static void prefer_draft(struct library *library)
{
	const struct loaded_file *file = &library->files[library->file_count - 1];

	for (size_t i = 0; file->readable && i + 1 < library->file_count; i++) {
		struct loaded_file *other = &library->files[i];

		if (other->readable && other->head.kind == file->head.kind &&
			strcmp(other->head.id, file->head.id) == 0)
			other->readable = false;
	}
}

struct loaded_file *find_file(struct library *library, enum dialogue_kind kind, const char *id)
{
	for (size_t i = 0; id && i < library->file_count; i++) {
		struct loaded_file *file = &library->files[i];

		if (file->readable && file->head.kind == kind && strcmp(file->head.id, id) == 0)
			return file;
	}
	return NULL;
}

const char *language_of(const struct loaded_file *file)
{
	if (file->head.language || file->head.kind != DIALOGUE_KIND_PACK)
		return file->head.language;
	return file->head.id;
}

struct loaded_file *find_pack_file(struct library *library, const char *language)
{
	for (size_t i = 0; language && i < library->file_count; i++) {
		struct loaded_file *file = &library->files[i];

		if (file->readable && file->head.kind == DIALOGUE_KIND_PACK && strcmp(language_of(file), language) == 0)
			return file;
	}
	return NULL;
}

static void refuse_double(struct loaded_file *file, const char *reason, const char *remedy)
{
	finding_for_file(file, "L002", reason, remedy);
	file->readable = false;
}

/* The second file with an id that another file of its kind has is refused: which one was meant is not ours to guess.
 * So is the second pack of a language. */
static void refuse_doubles(struct library *library)
{
	for (size_t i = 0; i < library->file_count; i++) {
		struct loaded_file *file = &library->files[i];
		const struct loaded_file *first =
			file->readable ? find_file(library, file->head.kind, file->head.id) : NULL;
		const struct loaded_file *pack = file->readable && file->head.kind == DIALOGUE_KIND_PACK
							 ? find_pack_file(library, language_of(file))
							 : NULL;

		if (first && first != file)
			refuse_double(file,
				arena_format(library->arena, "The id \"%s\" is already used by %s.", file->head.id,
					first->source.file),
				"Give one of the two another id, or take one out of the folder.");
		else if (pack && pack != file)
			refuse_double(file,
				arena_format(library->arena, "The language \"%s\" already has a pack, %s.",
					language_of(file), pack->source.file),
				"Give one of the two another language, or take one out of the folder.");
	}
}

enum status library_files_read(struct load *load, const char *folder, struct error *error)
{
	const char *draft = load->options->draft;
	enum status status = file_walk(folder, read_file, load, error);

	if (status == STATUS_OK && draft)
		status = read_file(load, draft, draft);
	if (status != STATUS_OK)
		return status;
	read_heads(load);
	if (draft && load->library->file_count > 0)
		prefer_draft(load->library);
	refuse_doubles(load->library);
	return STATUS_OK;
}
