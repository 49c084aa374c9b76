/* SPDX-License-Identifier: Apache-2.0 */
/* Runs golden conversations: straight, again with the run saved and loaded between turns, and against replay(). With
 * --content it compiles every case thoroughly and prints all findings. */
#include "plan.h"

#include "askwell/file.h"
#include "askwell/replay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const case_folders[] = {"coaching", "mentoring", "contrast", "drills"};

/* The content of the dialogues folder that is looked for. */
struct search {
	enum dialogue_kind kind;
	const char *id; /* NULL: visit all */
	struct arena *arena;
	struct dialogue_source *found;
	bool (*visit)(struct search *search, const struct dialogue_source *source);
	const struct technique_pack *pack;
	unsigned failures;
};

static bool read_source(const char *path, struct arena *arena, struct dialogue_source *out)
{
	struct buffer text = {0};
	struct error error = {0};
	if (file_read(path, DIALOGUE_SOURCE_MAX, &text, &error) != STATUS_OK) {
		fprintf(stderr, "%s: %s\n", path, error.text);
		return false;
	}
	*out = (struct dialogue_source){
		arena_text(arena, path), arena_copy(arena, text.length > 0 ? text.data : "", text.length), text.length};
	buffer_clear(&text);
	return true;
}

static enum status consider(void *user, const char *path, const char *relative)
{
	struct search *search = user;
	struct dialogue_source source;
	struct dialogue_head head;
	size_t length = strlen(path);
	(void)relative;
	if (length < 5 || strcmp(path + length - 5, ".json") != 0 || !read_source(path, search->arena, &source))
		return STATUS_OK;
	struct findings *findings = findings_new();
	bool good = dialogue_head(&source, search->arena, findings, &head) == STATUS_OK && head.kind == search->kind;
	findings_free(findings);
	if (search->visit != NULL)
		search->failures += !search->visit(search, &source);
	else if (good && head.id != NULL && strcmp(head.id, search->id) == 0)
		*search->found = source;
	return STATUS_OK;
}

static void search_folder(struct search *search, const char *folder)
{
	struct error error = {0};
	char path[512];
	snprintf(path, sizeof path, "%s/%s", DIALOGUES, folder);
	if (file_walk(path, consider, search, &error) != STATUS_OK && error.status != STATUS_NOT_FOUND)
		fprintf(stderr, "%s: %s\n", path, error.text);
}

static bool find_source(enum dialogue_kind kind, const char *id, struct arena *arena, struct dialogue_source *out)
{
	struct search search = {.kind = kind, .id = id, .arena = arena, .found = out};
	out->text = NULL;
	if (kind == DIALOGUE_KIND_MODEL)
		search_folder(&search, "models");
	else if (kind == DIALOGUE_KIND_FRAGMENT)
		search_folder(&search, "fragments");
	else if (kind == DIALOGUE_KIND_TEMPERAMENT)
		search_folder(&search, "temperaments");
	for (size_t i = 0; kind == DIALOGUE_KIND_SCRIPT && i < sizeof case_folders / sizeof case_folders[0]; i++)
		search_folder(&search, case_folders[i]);
	return out->text != NULL;
}

static void print_findings(const struct findings *findings)
{
	struct buffer out = {0};
	for (size_t i = 0; i < findings_count(findings); i++)
		finding_print(findings_at(findings, i), &out);
	if (out.length > 0)
		fputs(out.data, stderr);
	buffer_clear(&out);
}

static struct technique_pack *load_pack(struct arena *arena)
{
	struct dialogue_source source;
	struct technique_pack *pack = NULL;
	struct findings *findings = findings_new();
	if (read_source(DIALOGUES "/techniques/en.json", arena, &source) &&
		technique_pack_compile(source.file, source.text, source.length, false, findings, &pack) != STATUS_OK)
		print_findings(findings);
	findings_free(findings);
	return pack;
}

static struct dialogue *compile(const struct dialogue_source *script, const struct technique_pack *pack, bool thorough,
	struct arena *arena, struct findings *findings)
{
	struct dialogue_source model, temperament, fragments[DIALOGUE_FRAGMENTS_MAX];
	struct dialogue_sources sources = {.script = script};
	struct dialogue_head head;
	struct dialogue *dialogue = NULL;
	if (dialogue_head(script, arena, findings, &head) != STATUS_OK)
		return NULL;
	if (head.model != NULL && find_source(DIALOGUE_KIND_MODEL, head.model, arena, &model))
		sources.model = &model;
	if (head.temperament != NULL && find_source(DIALOGUE_KIND_TEMPERAMENT, head.temperament, arena, &temperament))
		sources.temperament = &temperament;
	for (size_t i = 0; i < head.extend_count; i++)
		if (find_source(DIALOGUE_KIND_FRAGMENT, head.extends[i], arena, &fragments[i]))
			sources.fragments[i] = &fragments[i];
	sources.fragment_count = head.extend_count;
	if (dialogue_compile(&sources, pack, thorough, findings, &dialogue) != STATUS_OK)
		return NULL;
	return dialogue;
}

static bool check_content(struct search *search, const struct dialogue_source *source)
{
	struct findings *findings = findings_new();
	struct dialogue_head head;
	if (search->kind == DIALOGUE_KIND_SCRIPT)
		dialogue_release(compile(source, search->pack, true, search->arena, findings));
	else if (dialogue_head(source, search->arena, findings, &head) == STATUS_OK)
		dialogue_check_part(source, &head, search->pack, findings);
	bool good = findings_errors(findings) == 0;
	print_findings(findings);
	findings_free(findings);
	return good;
}

static int run_content(const struct technique_pack *pack, struct arena *arena)
{
	struct search search = {.arena = arena, .visit = check_content, .pack = pack};
	search.kind = DIALOGUE_KIND_MODEL;
	search_folder(&search, "models");
	search.kind = DIALOGUE_KIND_TEMPERAMENT;
	search_folder(&search, "temperaments");
	search.kind = DIALOGUE_KIND_FRAGMENT;
	search_folder(&search, "fragments");
	search.kind = DIALOGUE_KIND_SCRIPT;
	for (size_t i = 0; i < sizeof case_folders / sizeof case_folders[0]; i++)
		search_folder(&search, case_folders[i]);
	return search.failures == 0 ? 0 : 1;
}

/* One pass over a plan. */
struct pass {
	const struct plan *plan;
	const struct dialogue *dialogue;
	struct technique_scratch *scratch;
	struct arena *arena;
	struct engine_run *run;
	struct engine_run **before;
	const struct technique_analysis *analysis; /* of the turn at hand, or NULL */
	const struct engine_reply *reply;
	bool saved; /* save and load between turns */
	unsigned failures;
};

static bool is_nothing(const char *value)
{
	return strcmp(value, "nothing") == 0 || strcmp(value, "none") == 0 || strcmp(value, "no") == 0;
}

static bool same(const char *expected, const char *found)
{
	return found == NULL ? is_nothing(expected) : strcmp(expected, found) == 0;
}

/* A check says what was found instead, for people, in `found`. */
typedef bool check(const struct pass *pass, const char *value, struct buffer *found);

static bool check_label(const struct pass *pass, const char *value, struct buffer *found)
{
	const char *label = pass->analysis != NULL ? technique_name(pass->analysis->primary->technique) : NULL;
	buffer_text(found, label != NULL ? label : "nothing");
	return same(value, label);
}

static bool check_has(const struct pass *pass, const char *value, struct buffer *found)
{
	bool holds = false;
	for (size_t i = 0; pass->analysis != NULL && i < pass->analysis->label_count; i++) {
		const char *name = technique_name(pass->analysis->labels[i].technique);
		buffer_format(found, "%s%s", i == 0 ? "" : ", ", name);
		holds = holds || strcmp(name, value) == 0;
	}
	return holds;
}

static bool check_flag(const struct pass *pass, const char *value, struct buffer *found)
{
	bool holds = false;
	for (size_t i = 0; i < pass->reply->flag_count; i++) {
		const char *name = technique_flag_name(pass->reply->flags[i].id);
		buffer_format(found, "%s%s", i == 0 ? "" : ", ", name);
		holds = holds || strcmp(name, value) == 0;
	}
	if (pass->reply->flag_count == 0)
		buffer_text(found, "nothing");
	return holds || (pass->reply->flag_count == 0 && is_nothing(value));
}

static bool check_rule(const struct pass *pass, const char *value, struct buffer *found)
{
	const char *rule = pass->reply->rule != NULL ? pass->reply->rule : "nothing";
	buffer_format(found, "%s %s", engine_level_name(pass->reply->level), rule);
	return strcmp(found->data, value) == 0 || strcmp(rule, value) == 0;
}

static bool check_reveals(const struct pass *pass, const char *value, struct buffer *found)
{
	buffer_text(found, pass->reply->disclosure != NULL ? pass->reply->disclosure : "nothing");
	return same(value, pass->reply->disclosure);
}

static bool said(const struct pass *pass, const char *value, struct buffer *found)
{
	bool holds = false;
	for (size_t i = 0; i < pass->reply->line_count; i++) {
		buffer_format(found, "%s%s", i == 0 ? "" : " / ", pass->reply->lines[i].text);
		holds = holds || strcasestr(pass->reply->lines[i].text, value) != NULL;
	}
	return holds;
}

static bool check_says(const struct pass *pass, const char *value, struct buffer *found)
{
	return said(pass, value, found);
}

static bool check_silent(const struct pass *pass, const char *value, struct buffer *found)
{
	return !said(pass, value, found);
}

static bool check_voice(const struct pass *pass, const char *value, struct buffer *found)
{
	static const char *const names[] = {"character", "guide"};
	bool holds = false;
	for (size_t i = 0; i < pass->reply->line_count; i++) {
		const char *name = names[pass->reply->lines[i].voice];
		buffer_format(found, "%s%s", i == 0 ? "" : ", ", name);
		holds = holds || strcmp(name, value) == 0;
	}
	return holds;
}

static bool check_follows(const struct pass *pass, const char *value, struct buffer *found)
{
	bool holds = pass->reply->cues_followed_count == 0 && is_nothing(value);
	if (pass->reply->cues_followed_count == 0)
		buffer_text(found, "nothing");
	for (size_t i = 0; i < pass->reply->cues_followed_count; i++) {
		const char *id = dialogue_info(pass->dialogue)->cues[pass->reply->cues_followed[i]].id;
		buffer_format(found, "%s%s", i == 0 ? "" : ", ", id);
		holds = holds || strcmp(id, value) == 0;
	}
	return holds;
}

static bool check_feedback(const struct pass *pass, const char *value, struct buffer *found)
{
	const char *id = pass->reply->feedback != NULL ? pass->reply->feedback->id : NULL;
	buffer_text(found, id != NULL ? id : "none");
	return same(value, id);
}

static bool check_stage(const struct pass *pass, const char *value, struct buffer *found)
{
	buffer_text(found, dialogue_info(pass->dialogue)->stages[engine_stage(pass->dialogue, pass->run)].id);
	return strcmp(found->data, value) == 0;
}

static bool check_state(const struct pass *pass, const char *value, struct buffer *found)
{
	buffer_text(found, engine_state(pass->dialogue, pass->run));
	return strcmp(found->data, value) == 0;
}

/* "trust >= 3" */
static bool check_variable(const struct pass *pass, const char *value, struct buffer *found)
{
	char name[65], operator[3];
	int number;
	if (sscanf(value, "%64[a-z0-9_] %2[<>=] %d", name, operator, & number) != 3) {
		buffer_text(found, "a comparison that cannot be read");
		return false;
	}
	const struct dialogue_info *info = dialogue_info(pass->dialogue);
	for (unsigned i = 0; i < info->variable_count; i++) {
		if (strcmp(info->variables[i].id, name) != 0)
			continue;
		int is = engine_variable(pass->run, i);
		buffer_format(found, "%s = %d", name, is);
		if (strcmp(operator, ">=") == 0)
			return is >= number;
		return strcmp(operator, "<=") == 0 ? is <= number : is == number;
	}
	buffer_format(found, "no variable %s", name);
	return false;
}

static bool check_ended(const struct pass *pass, const char *value, struct buffer *found)
{
	int ending = engine_ending(pass->run);
	const char *id = ending >= 0 ? dialogue_info(pass->dialogue)->endings[ending].id : NULL;
	buffer_text(found, id != NULL ? id : "nothing");
	return same(value, id);
}

static const struct {
	const char *key;
	check *check;
} checks[] = {
	{"label", check_label},
	{"has", check_has},
	{"flag", check_flag},
	{"rule", check_rule},
	{"reveals", check_reveals},
	{"says", check_says},
	{"silent", check_silent},
	{"voice", check_voice},
	{"follows", check_follows},
	{"feedback", check_feedback},
	{"stage", check_stage},
	{"state", check_state},
	{"var", check_variable},
	{"ended", check_ended},
};

static void fail(struct pass *pass, unsigned line, const char *expected, const char *found)
{
	pass->failures++;
	fprintf(stderr, "%s:%u: expected %s; found %s%s\n", pass->plan->file, line, expected, found,
		pass->saved ? " (with the run saved and loaded)" : "");
}

static void expect(struct pass *pass, const struct plan_expectation *expectation)
{
	struct buffer found = {0}, expected = {0};
	size_t i = 0;
	while (i < sizeof checks / sizeof checks[0] && strcmp(checks[i].key, expectation->key) != 0)
		i++;
	buffer_format(&expected, "%s: %s", expectation->key, expectation->value);
	if (i == sizeof checks / sizeof checks[0])
		fail(pass, expectation->line, "one of the expectations of README.md", expectation->key);
	else if (!checks[i].check(pass, expectation->value, &found))
		fail(pass, expectation->line, expected.data, found.length > 0 ? found.data : "nothing");
	buffer_clear(&found);
	buffer_clear(&expected);
}

static bool say_turn(
	struct pass *pass, const struct turn *turn, struct technique_analysis *analysis, struct engine_reply *reply)
{
	struct technique_context context;
	struct engine_run *after = NULL;
	engine_context(pass->dialogue, pass->run, pass->arena, &context);
	if (technique_analyse(dialogue_pack(pass->dialogue), pass->scratch, turn->text, turn->text_length, &context,
		    pass->arena, analysis) != STATUS_OK ||
		engine_step(pass->dialogue, pass->run, analysis, turn->text, turn->text_length, pass->scratch,
			pass->arena, &after, reply) != STATUS_OK)
		return false;
	pass->analysis = analysis;
	pass->before[turn->number - 1] = pass->run;
	pass->run = after;
	return true;
}

static bool retake_turn(struct pass *pass, const struct turn *turn)
{
	if (turn->to == 0 || turn->to >= turn->number || pass->before[turn->to - 1] == NULL)
		return false;
	engine_free(pass->run);
	pass->run = engine_copy(pass->before[turn->to - 1]);
	for (uint32_t i = turn->to; i < turn->number; i++) {
		engine_free(pass->before[i - 1]);
		pass->before[i - 1] = NULL;
	}
	return true;
}

static bool end_turn(struct pass *pass, struct engine_reply *reply)
{
	struct engine_run *after = NULL;
	if (engine_end(pass->dialogue, pass->run, pass->arena, &after, reply) != STATUS_OK)
		return false;
	engine_free(pass->run);
	pass->run = after;
	return true;
}

static bool take_turn(
	struct pass *pass, const struct turn *turn, struct technique_analysis *analysis, struct engine_reply *reply)
{
	struct engine_hint hint;
	switch (turn->kind) {
	case TURN_SAY:
		return say_turn(pass, turn, analysis, reply);
	case TURN_RETAKE:
		return retake_turn(pass, turn);
	case TURN_HINT:
		engine_hint(pass->dialogue, pass->run, pass->arena, &hint);
		return hint.listen_for != NULL && hint.move != NULL && hint.example != NULL;
	case TURN_END:
		return end_turn(pass, reply);
	}
	return false;
}

static void save_and_load(struct pass *pass, unsigned line)
{
	struct buffer saved = {0};
	struct error error = {0};
	struct engine_run *loaded = NULL;
	engine_save(pass->dialogue, pass->run, &saved);
	if (engine_load(pass->dialogue, saved.data, saved.length, &loaded, &error) != STATUS_OK) {
		fail(pass, line, "a run that can be loaded", error.text);
	} else {
		if (!engine_equal(pass->run, loaded))
			fail(pass, line, "the same run after loading", "another one");
		engine_free(pass->run);
		pass->run = loaded;
	}
	buffer_clear(&saved);
}

/* Returns the run after the last turn, owned. */
static struct engine_run *run_pass(struct pass *pass)
{
	pass->run = engine_start(pass->dialogue, pass->plan->seed);
	pass->before = calloc(pass->plan->count + 1, sizeof(struct engine_run *));
	for (size_t i = 0; i < pass->plan->count; i++) {
		const struct plan_turn *turn = &pass->plan->turns[i];
		struct technique_analysis analysis = {0};
		struct engine_reply reply = {.ending = -1};
		pass->analysis = NULL;
		pass->reply = &reply;
		if (pass->saved)
			save_and_load(pass, turn->line);
		if (!take_turn(pass, &turn->turn, &analysis, &reply)) {
			fail(pass, turn->line, "a turn that can be taken", "one that cannot");
			break;
		}
		for (size_t j = 0; j < turn->count; j++)
			expect(pass, &turn->expectations[j]);
	}
	pass->analysis = NULL;
	pass->reply = NULL;
	for (size_t i = 0; i < pass->plan->count; i++)
		engine_free(pass->before[i]);
	free(pass->before);
	return pass->run;
}

static unsigned check_replay(const struct pass *pass, const struct engine_run *run)
{
	struct turn *turns = arena_array(pass->arena, pass->plan->count, sizeof *turns);
	struct replay replayed;
	struct error error = {0};
	for (size_t i = 0; i < pass->plan->count; i++)
		turns[i] = pass->plan->turns[i].turn;
	if (replay(pass->dialogue, pass->scratch, pass->plan->seed, turns, pass->plan->count, pass->arena, &replayed,
		    &error) != STATUS_OK) {
		fprintf(stderr, "%s: replay: %s\n", pass->plan->file, error.text);
		return 1;
	}
	bool equal = engine_equal(run, replayed.run);
	engine_free(replayed.run);
	if (!equal)
		fprintf(stderr, "%s: a replay of the same turns gives another run\n", pass->plan->file);
	return equal ? 0 : 1;
}

static unsigned run_plan(const char *file, const struct technique_pack *pack, struct arena *arena)
{
	struct plan plan;
	struct dialogue_source script;
	struct findings *findings = findings_new();
	struct dialogue *dialogue = NULL;
	unsigned failures = 1;
	if (!plan_read(file, arena, &plan))
		goto out;
	if (!find_source(DIALOGUE_KIND_SCRIPT, plan.dialogue, arena, &script)) {
		fprintf(stderr, "%s: there is no case \"%s\"\n", file, plan.dialogue);
		goto out;
	}
	dialogue = compile(&script, pack, false, arena, findings);
	if (dialogue == NULL) {
		print_findings(findings);
		goto out;
	}
	failures = 0;
	for (int saved = 0; saved < 2 && failures == 0; saved++) {
		struct pass pass = {.plan = &plan, .dialogue = dialogue, .arena = arena, .saved = saved == 1};
		pass.scratch = technique_scratch_new();
		struct engine_run *run = run_pass(&pass);
		failures += pass.failures;
		if (pass.failures == 0)
			failures += check_replay(&pass, run);
		engine_free(run);
		technique_scratch_free(pass.scratch);
	}
out:
	dialogue_release(dialogue);
	findings_free(findings);
	return failures;
}

int main(int argc, char **argv)
{
	struct arena *arena = arena_new(0);
	struct technique_pack *pack = load_pack(arena);
	unsigned failures = pack == NULL || argc < 2 ? 1 : 0;
	if (argc < 2)
		fprintf(stderr, "usage: %s --content | PLAN...\n", argv[0]);
	for (int i = 1; i < argc && pack != NULL; i++)
		failures += strcmp(argv[i], "--content") == 0 ? (unsigned)run_content(pack, arena)
							      : run_plan(argv[i], pack, arena);
	technique_pack_release(pack);
	arena_free(arena);
	return failures == 0 ? 0 : 1;
}
