/* SPDX-License-Identifier: Apache-2.0 */
#include "library_load.h"

#include "askwell/memory.h"
#include "askwell/parallel.h"

#include <stdlib.h>
#include <string.h>

static bool same_text(const char *text, size_t length, const struct dialogue_source *source)
{
	return length == source->length && memcmp(text, source->text, length) == 0;
}

static bool is_language(const struct loaded_file *file, const char *language)
{
	return file->head.language && strcmp(file->head.language, language) == 0;
}

/* Somebody speaks it here: a script or a temperament is written in it. */
static bool is_spoken(const struct library *library, const char *language)
{
	for (size_t i = 0; i < library->file_count; i++) {
		const struct loaded_file *file = &library->files[i];

		if (file->readable && file->head.kind != DIALOGUE_KIND_PACK && is_language(file, language))
			return true;
	}
	return false;
}

/* Compiles the pack, or takes what the first reading made of it. */
static enum status make_pack(const struct load *load, struct loaded_file *file, struct technique_pack **out)
{
	if (!file->pack_findings)
		return technique_pack_compile(file->source.file, file->source.text, file->source.length,
			load->options->thorough, file->findings, out);
	findings_append(file->findings, file->pack_findings);
	*out = file->pack;
	file->pack = NULL;
	return *out ? STATUS_OK : STATUS_INVALID;
}

static bool was_checked(const struct load *load, struct loaded_file *file)
{
	for (size_t i = 0; load->previous && i < load->previous->file_count; i++) {
		const struct loaded_file *before = &load->previous->files[i];

		if (strcmp(before->source.file, file->source.file) != 0 ||
			!same_text(before->source.text, before->source.length, &file->source))
			continue;
		findings_append(file->findings, before->findings);
		return true;
	}
	return false;
}

/* A pack takes more memory than all else, so one of a language that nobody speaks here is checked and let go. */
static void check_unspoken(struct load *load, struct loaded_file *file)
{
	struct technique_pack *pack = NULL;

	if (!load->options->thorough || was_checked(load, file))
		return;
	if (make_pack(load, file, &pack) == STATUS_OK)
		technique_pack_release(pack);
}

static void load_pack(struct load *load, struct loaded_file *file)
{
	struct library *library = load->library;
	const char *language = language_of(file);
	const struct technique_pack *before = library_pack(load->previous, language);
	struct technique_pack *pack = NULL;
	size_t length = 0;
	const char *text = before ? technique_pack_source(before, &length) : NULL;

	if (text && same_text(text, length, &file->source))
		pack = technique_pack_hold(before);
	else if (make_pack(load, file, &pack) != STATUS_OK)
		pack = before ? technique_pack_hold(before) : NULL;
	if (pack)
		library->packs[library->pack_count++] = pack;
}

static const struct dialogue_source *source_of(const struct loaded_file *file)
{
	return file ? &file->source : NULL;
}

static bool same_source(const struct dialogue *dialogue, unsigned index, const struct dialogue_source *source)
{
	const struct dialogue_source *kept = dialogue_source_at(dialogue, index);

	return kept && source && same_text(kept->text, kept->length, source);
}

static bool same_sources(const struct dialogue *dialogue, const struct dialogue_sources *sources)
{
	unsigned count = 3;

	if (!same_source(dialogue, 0, sources->script) || !same_source(dialogue, 1, sources->model) ||
		!same_source(dialogue, 2, sources->temperament))
		return false;
	for (size_t i = 0; i < sources->fragment_count; i++)
		if (!same_source(dialogue, count++, sources->fragments[i]))
			return false;
	if (sources->contrast && !same_source(dialogue, count++, sources->contrast))
		return false;
	return dialogue_source_at(dialogue, count) == NULL;
}

void find_sources(struct library *library, const struct loaded_file *file, struct dialogue_sources *out)
{
	*out = (struct dialogue_sources){
		.script = &file->source,
		.model = source_of(find_file(library, DIALOGUE_KIND_MODEL, file->head.model)),
		.temperament = source_of(find_file(library, DIALOGUE_KIND_TEMPERAMENT, file->head.temperament)),
		.fragment_count = file->head.extend_count,
	};
	for (size_t i = 0; i < file->head.extend_count; i++)
		out->fragments[i] = source_of(find_file(library, DIALOGUE_KIND_FRAGMENT, file->head.extends[i]));
}

static void finding_no_pack(struct library *library, struct loaded_file *file)
{
	const char *language = file->head.language;
	const struct loaded_file *pack = find_pack_file(library, language);

	if (!language)
		finding_for_file(file, "L003", "The file does not say which language it is in.",
			"Set \"language\" to one that has a pack in techniques/.");
	else if (pack)
		finding_for_file(file, "L003",
			arena_format(library->arena, "The language pack of \"%s\" cannot be used.", language),
			arena_format(library->arena, "Mend %s.", pack->source.file));
	else
		finding_for_file(file, "L003",
			arena_format(library->arena, "There is no language pack for \"%s\".", language),
			arena_format(library->arena,
				"Add techniques/%s.json, mend it if it is there, or set \"language\" to one that has a "
				"pack.",
				language));
}

static const struct dialogue *served_before(const struct load *load, const char *id)
{
	return load->previous ? library_find(load->previous, id) : NULL;
}

static const struct technique_pack *pack_for(const struct load *load, const struct loaded_file *file)
{
	return library_pack(load->library, file->head.language ? file->head.language : "");
}

/* Compiles, or keeps what is unchanged; NULL when it cannot be used. */
static struct dialogue *make_dialogue(const struct dialogue_sources *sources, const struct technique_pack *pack,
	const struct dialogue *before, bool thorough, struct findings *findings)
{
	struct dialogue *dialogue = NULL;

	if (before && dialogue_pack(before) == pack && same_sources(before, sources))
		return dialogue_hold(before);
	return dialogue_compile(sources, pack, thorough, findings, &dialogue) == STATUS_OK ? dialogue : NULL;
}

/* How much there is to compile. */
static size_t length_of(const struct load *load, const struct loaded_file *file)
{
	struct dialogue_sources sources;
	size_t length = file->source.length;

	find_sources(load->library, file, &sources);
	for (size_t i = 0; i < sources.fragment_count; i++)
		length += sources.fragments[i] ? sources.fragments[i]->length : 0;
	return length;
}

struct compile_job {
	struct loaded_file *file;
	size_t length;
};

/* No processor is left with a long script when the others are done. */
static int longest_first(const void *left, const void *right)
{
	const struct compile_job *a = left, *b = right;

	if (a->length != b->length)
		return a->length > b->length ? -1 : 1;
	return (a->file > b->file) - (a->file < b->file);
}

struct compiling {
	struct load *load;
	struct compile_job *jobs;
};

static void compile_script(void *user, size_t index)
{
	struct compiling *compiling = user;
	struct load *load = compiling->load;
	struct loaded_file *file = compiling->jobs[index].file;
	struct dialogue_sources sources;

	if (!file->readable || file->head.kind != DIALOGUE_KIND_SCRIPT || !pack_for(load, file))
		return;
	find_sources(load->library, file, &sources);
	sources.cache = load->cache;
	file->dialogue = make_dialogue(&sources, pack_for(load, file), served_before(load, file->head.id),
		load->options->thorough, file->findings);
}

static void serve(struct load *load, struct dialogue **made, const struct dialogue *before)
{
	struct dialogue *dialogue = *made;

	*made = NULL;
	if (!dialogue && before)
		dialogue = dialogue_hold(before);
	if (dialogue)
		load->library->dialogues[load->library->dialogue_count++] = dialogue;
}

static void load_scripts(struct load *load)
{
	struct library *library = load->library;
	struct compiling compiling = {load, memory_array(library->file_count + 1, sizeof *compiling.jobs)};

	for (size_t i = 0; i < library->file_count; i++)
		compiling.jobs[i] = (struct compile_job){&library->files[i], length_of(load, &library->files[i])};
	qsort(compiling.jobs, library->file_count, sizeof *compiling.jobs, longest_first);
	parallel_run(library->file_count, compile_script, &compiling);
	free(compiling.jobs);
	for (size_t i = 0; i < library->file_count; i++) {
		struct loaded_file *file = &library->files[i];

		if (!file->readable || file->head.kind != DIALOGUE_KIND_SCRIPT)
			continue;
		if (!pack_for(load, file))
			finding_no_pack(library, file);
		serve(load, &file->dialogue, served_before(load, file->head.id));
	}
}

/* What is wrong with the case itself is said where the case is. */
static void append_own(struct loaded_file *file, const struct findings *findings)
{
	for (size_t i = 0; i < findings_count(findings); i++)
		if (strcmp(findings_at(findings, i)->file, file->source.file) == 0)
			findings_add(file->findings, findings_at(findings, i));
}

/* One side of a contrast: the case, and what is asked on the way. */
struct side {
	const char *name, *mode, *id;
	const struct loaded_file *script;
	const struct dialogue *single, *before;
};

static struct side side_of(const struct load *load, const struct loaded_file *file, size_t number, struct arena *arena)
{
	struct library *library = load->library;
	struct side side = {.mode = number == 0 ? "coaching" : "mentoring"};

	side.id = number == 0 ? file->head.coaching : file->head.mentoring;
	side.script = find_file(library, DIALOGUE_KIND_SCRIPT, side.id);
	side.single = side.id ? library_find(library, side.id) : NULL;
	side.name = arena_format(arena, "%s.%s", file->head.id, side.mode);
	side.before = served_before(load, side.name);
	return side;
}

static bool is_of_its_mode(const struct side *side)
{
	const struct dialogue_info *info = dialogue_info(side->single);

	return !info->drill && strcmp(dialogue_mode_name(info), side->mode) == 0;
}

/* A case that was made just now is at hand. One that is in service may be asked for its hash while we look, so it is left
 * alone and all is made anew. */
static struct dialogue *make_side(const struct load *load, const struct side *side,
	const struct dialogue_sources *sources, struct findings *findings)
{
	struct dialogue *made = NULL;

	if (side->single == served_before(load, side->id))
		return make_dialogue(sources, dialogue_pack(side->single), side->before, false, findings);
	return dialogue_compile_side(sources, side->single, findings, &made) == STATUS_OK ? made : NULL;
}

/* Two for each file. */
static void compile_side(void *user, size_t index)
{
	struct load *load = user;
	struct loaded_file *file = &load->library->files[index / 2];
	struct findings *findings;
	struct dialogue_sources sources;
	struct arena *arena;
	struct side side;

	if (!file->readable || file->head.kind != DIALOGUE_KIND_CONTRAST)
		return;
	arena = arena_new(0);
	side = side_of(load, file, index % 2, arena);
	if (side.script && side.single && is_of_its_mode(&side)) {
		findings = findings_new();
		find_sources(load->library, side.script, &sources);
		sources.cache = load->cache;
		sources.contrast = &file->source;
		file->sides[index % 2] = make_side(load, &side, &sources, findings);
		file->side_findings[index % 2] = findings;
	}
	arena_free(arena);
}

static void finish_side(struct load *load, struct loaded_file *file, size_t number)
{
	struct library *library = load->library;
	struct side side = side_of(load, file, number, library->arena);

	if (!side.script || !side.single)
		finding_for_file(file, "L006",
			arena_format(library->arena, "There is no case \"%s\" in service to be the %s side.",
				side.id ? side.id : "", side.mode),
			arena_format(library->arena, "Set \"%s\" to the id of a case, or mend that case.", side.mode));
	else if (!is_of_its_mode(&side))
		finding_for_file(file, "L007",
			arena_format(library->arena, "The case \"%s\" is not a %s case.", side.id, side.mode),
			arena_format(library->arena, "Set \"%s\" to a case whose mode is %s.", side.mode, side.mode));
	if (file->side_findings[number])
		append_own(file, file->side_findings[number]);
	findings_free(file->side_findings[number]);
	file->side_findings[number] = NULL;
	serve(load, &file->sides[number], side.before);
}

static void load_contrasts(struct load *load)
{
	struct library *library = load->library;

	parallel_run(2 * library->file_count, compile_side, load);
	for (size_t i = 0; i < library->file_count; i++) {
		struct loaded_file *file = &library->files[i];

		if (!file->readable || file->head.kind != DIALOGUE_KIND_CONTRAST)
			continue;
		finish_side(load, file, 0);
		finish_side(load, file, 1);
	}
}

/* A file that no longer parses has lost its id; what it served before goes on under the name of the file. */
static void keep_unreadable(struct load *load, const struct loaded_file *file)
{
	for (size_t i = 0; load->previous && i < load->previous->dialogue_count; i++) {
		const struct dialogue *before = load->previous->dialogues[i];

		if (strcmp(dialogue_source_at(before, 0)->file, file->source.file) == 0 &&
			!library_find(load->library, dialogue_info(before)->id)) {
			load->library->dialogues[load->library->dialogue_count++] = dialogue_hold(before);
			return;
		}
	}
}

static int by_id(const void *left, const void *right)
{
	const struct dialogue *const *a = left, *const *b = right;

	return strcmp(dialogue_info(*a)->id, dialogue_info(*b)->id);
}

/* Its own language, or else that of a script that uses it; any pack does for a part that nobody uses yet. */
static const struct technique_pack *pack_of_part(const struct library *library, const struct loaded_file *part)
{
	const struct technique_pack *pack = part->head.language ? library_pack(library, part->head.language) : NULL;

	for (size_t i = 0; i < library->file_count && !pack; i++) {
		const struct loaded_file *file = &library->files[i];

		if (file->readable && file->head.kind == DIALOGUE_KIND_SCRIPT && file->head.temperament &&
			file->head.language && strcmp(file->head.temperament, part->head.id) == 0)
			pack = library_pack(library, file->head.language);
	}
	return pack ? pack : library->packs[0];
}

/* A folder that nothing is written in yet, or only in languages without a pack, has what packs there are. */
static bool packs_are_spoken(struct library *library)
{
	for (size_t i = 0; i < library->file_count; i++) {
		const struct loaded_file *file = &library->files[i];

		if (file->readable && file->head.kind != DIALOGUE_KIND_PACK &&
			find_pack_file(library, file->head.language))
			return true;
	}
	return false;
}

/* What is let go comes first, so that what stays takes its place in memory. */
static void load_packs(struct load *load)
{
	struct library *library = load->library;
	bool all = load->options->every_pack || !packs_are_spoken(library);

	for (int kept = 0; kept < 2; kept++) {
		for (size_t i = 0; i < library->file_count; i++) {
			struct loaded_file *file = &library->files[i];

			if (!file->readable || file->head.kind != DIALOGUE_KIND_PACK ||
				(all || is_spoken(library, language_of(file))) != (kept == 1))
				continue;
			if (kept)
				load_pack(load, file);
			else
				check_unspoken(load, file);
		}
	}
}

static bool is_part(const struct loaded_file *file)
{
	return file->readable &&
	       (file->head.kind == DIALOGUE_KIND_MODEL || file->head.kind == DIALOGUE_KIND_TEMPERAMENT ||
		       file->head.kind == DIALOGUE_KIND_FRAGMENT);
}

static bool lacks_its_pack(const struct library *library, const struct loaded_file *file)
{
	return file->head.language && !library_pack(library, file->head.language);
}

static void check_part(void *user, size_t index)
{
	struct load *load = user;
	struct library *library = load->library;
	struct loaded_file *file = &library->files[index];

	if (is_part(file) && !lacks_its_pack(library, file) && library->pack_count)
		dialogue_check_part(
			&file->source, &file->head, pack_of_part(library, file), file->findings, load->cache);
}

static void load_parts(struct load *load)
{
	struct library *library = load->library;

	parallel_run(library->file_count, check_part, load);
	for (size_t i = 0; i < library->file_count; i++)
		if (is_part(&library->files[i]) && lacks_its_pack(library, &library->files[i]))
			finding_no_pack(library, &library->files[i]);
}

static void keep_pack_of_unreadable(struct load *load)
{
	struct library *library = load->library;

	for (size_t i = 0; load->previous && i < load->previous->pack_count; i++) {
		const struct technique_pack *before = load->previous->packs[i];
		const char *language = technique_pack_language(before);

		if (!library_pack(library, language) && (library->pack_count == 0 || is_spoken(library, language)))
			library->packs[library->pack_count++] = technique_pack_hold(before);
	}
}

static enum status load_all(struct load *load)
{
	struct library *library = load->library;
	size_t before = load->previous ? load->previous->dialogue_count + load->previous->pack_count : 0;

	library->packs = memory_array(library->file_count + before + 1, sizeof *library->packs);
	library->dialogues = memory_array(2 * library->file_count + before + 1, sizeof *library->dialogues);
	load_packs(load);
	keep_pack_of_unreadable(load);
	if (library->pack_count == 0 && !load->options->unusable_too)
		return error_set(load->error, STATUS_INVALID, "no_language_pack",
			"No usable language pack was found in techniques/. Run askwell lint on the dialogues folder to "
			"see why.");
	load_parts(load);
	load_scripts(load);
	load_contrasts(load);
	for (size_t i = 0; i < library->file_count; i++)
		if (!library->files[i].readable)
			keep_unreadable(load, &library->files[i]);
	if (library->dialogue_count)
		qsort(library->dialogues, library->dialogue_count, sizeof *library->dialogues, by_id);
	for (size_t i = 0; i < library->file_count; i++)
		findings_sort(library->files[i].findings);
	return STATUS_OK;
}

enum status library_load(const char *folder, const struct library_options *options, const struct library *previous,
	struct library **out, struct error *error)
{
	struct library *library = memory_new(sizeof *library);
	struct load load = {.library = library, .previous = previous, .options = options, .error = error};
	enum status status;

	atomic_init(&library->references, 1);
	library->arena = arena_new(64 * 1024);
	load.cache = dialogue_cache_new();
	if (previous && previous->demand)
		demand_all((struct library *)previous);
	status = library_files_read(&load, folder, error);
	if (status == STATUS_OK && options->on_demand)
		demand_make(library);
	else if (status == STATUS_OK)
		status = load_all(&load);
	dialogue_cache_free(load.cache);
	if (status != STATUS_OK) {
		library_release(library);
		return status;
	}
	*out = library;
	return STATUS_OK;
}

struct library *library_hold(const struct library *library)
{
	struct library *held = (struct library *)library;

	atomic_fetch_add(&held->references, 1);
	return held;
}

void library_release(const struct library *library)
{
	struct library *released = (struct library *)library;

	if (!released || atomic_fetch_sub(&released->references, 1) != 1)
		return;
	demand_free(released->demand);
	for (size_t i = 0; i < released->dialogue_count; i++)
		dialogue_release(released->dialogues[i]);
	for (size_t i = 0; i < released->pack_count; i++)
		technique_pack_release(released->packs[i]);
	for (size_t i = 0; i < released->file_count; i++) {
		technique_pack_release(released->files[i].pack);
		findings_free(released->files[i].pack_findings);
		findings_free(released->files[i].findings);
		arena_free(released->files[i].arena);
	}
	free(released->dialogues);
	free(released->packs);
	free(released->files);
	arena_free(released->arena);
	free(released);
}
