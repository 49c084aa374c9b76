/* SPDX-License-Identifier: Apache-2.0 */
/* What stands in a passage: links, words, and what is addressed to the story format and means nothing here. The three
 * formats in use (Harlowe, SugarCube, Chapbook) are told by what is written, not by what StoryData says. */
#include "story.h"

#include <ctype.h>
#include <string.h>

/* What is told by how it begins and ends. */
enum bracket { LINK, MACRO, HTML_COMMENT, STORY_COMMENT, CODE_COMMENT, TAG, MODIFIER, INSERT, BRACKETS };

/* `far`: how far the end is looked for. */
static const struct {
	const char *open, *close;
	size_t far;
	bool in_line;
} brackets[BRACKETS] = {
	[LINK] = {"[[", "]]", 1024, true},
	[MACRO] = {"<<", ">>", 4096, false},
	[HTML_COMMENT] = {"<!--", "-->", 65536, false},
	[STORY_COMMENT] = {"/%", "%/", 65536, false},
	[CODE_COMMENT] = {"/*", "*/", 65536, false},
	[TAG] = {"<", ">", 1024, true},
	[MODIFIER] = {"[", "]", 1024, true},
	[INSERT] = {"{", "}", 1024, true},
};

enum { MACRO_FAR = 4096 };

struct cleaning {
	const struct story *story;
	struct story_passage *passage;
	const char *at, *end;
	const char
		*barren[BRACKETS]; /* no such bracket closes before here: many that never close are looked for once */
	unsigned line;
	struct buffer text;
	bool variable; /* reported once a passage */
};

/* Behind the end of what begins here, or NULL. */
static const char *closing(struct cleaning *cleaning, enum bracket kind)
{
	const char *open = brackets[kind].open, *close = brackets[kind].close, *at = cleaning->at, *start, *limit,
		   *found;

	if (strncmp(at, open, strlen(open)) != 0)
		return NULL;
	start = at + strlen(open);
	limit = (size_t)(cleaning->end - start) > brackets[kind].far ? start + brackets[kind].far : cleaning->end;
	if (cleaning->barren[kind] && cleaning->barren[kind] > start)
		start = cleaning->barren[kind];
	found = start < limit ? memmem(start, (size_t)(limit - start), close, strlen(close)) : NULL;
	if (!found) {
		if (start < limit)
			cleaning->barren[kind] = limit - (strlen(close) - 1);
		return NULL;
	}
	if (brackets[kind].in_line && memchr(at, '\n', (size_t)(found - at)))
		return NULL;
	return found + strlen(close);
}

/* "(if: $a is (b))": Harlowe's macros, of which only known ones are taken, because people write brackets too. */
static const char *harlowe_macro(const char *at)
{
	static const char *const names[] = {"set", "put", "move", "if", "unless", "else-if", "elseif", "else", "link",
		"link-goto", "link-reveal", "link-repeat", "link-replace", "link-undo", "display", "print", "either",
		"random", "live", "stop", "goto", "go-to", "text-style", "text-colour", "text-color", "transition",
		"t8n", "enchant", "click", "show", "hook", "css", "align", "for", "array", "a", "dm", "datamap",
		"macro", "undo", "restart", "save-game", "load-game", "alert", "prompt", "confirm", "replace", "append",
		"prepend", "event", "after", "more", "cond", "visited", "history", "border", "box", "background",
		"colour", "color"};
	size_t length, depth = 0;

	if (*at != '(')
		return NULL;
	length = strcspn(at + 1, ": ()\n");
	if (at[1 + length] != ':')
		return NULL;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strlen(names[i]) == length && strncmp(at + 1, names[i], length) == 0)
			for (const char *c = at; *c && c < at + MACRO_FAR; c++) {
				depth += *c == '(';
				if (*c == ')' && --depth == 0)
					return c + 1;
			}
	return NULL;
}

/* A tag of HTML has a letter or slash after the bracket. */
static const char *html_tag(struct cleaning *cleaning)
{
	bool tag = cleaning->at[0] == '<' && (isalpha((unsigned char)cleaning->at[1]) || cleaning->at[1] == '/');

	return tag ? closing(cleaning, TAG) : NULL;
}

/* A line of Chapbook, "[if seen]": brackets around a whole line that are no link. */
static const char *chapbook_modifier(struct cleaning *cleaning)
{
	const char *at = cleaning->at, *end;

	if (*at != '[' || at[1] == '[' || (at > cleaning->passage->source && at[-1] != '\n'))
		return NULL;
	end = closing(cleaning, MODIFIER);
	return end && strchr("\n\r", *end) ? end : NULL;
}

/* Behind what is left out here, or NULL. Comments go without a word. */
static const char *left_out(struct cleaning *cleaning, bool *told)
{
	const char *end;

	*told = false;
	if ((end = closing(cleaning, HTML_COMMENT)) || (end = closing(cleaning, STORY_COMMENT)) ||
		(end = closing(cleaning, CODE_COMMENT)))
		return end;
	*told = true;
	if ((end = closing(cleaning, MACRO)) || (end = harlowe_macro(cleaning->at)) || (end = html_tag(cleaning)) ||
		(end = chapbook_modifier(cleaning)))
		return end;
	return closing(cleaning, INSERT);
}

static const char *trimmed(struct arena *arena, const char *from, const char *to)
{
	while (from < to && isspace((unsigned char)*from))
		from++;
	while (from < to && isspace((unsigned char)to[-1]))
		to--;
	return arena_copy(arena, from, (size_t)(to - from));
}

static const char *last_arrow(const char *from, const char *to)
{
	for (const char *c = to - 2; c >= from; c--)
		if (c[0] == '-' && c[1] == '>')
			return c;
	return NULL;
}

/* [[target]], [[text->target]], [[target<-text]], [[text|target]], each with a setter behind: [[...][$a to 1]]. */
static void read_link(struct cleaning *cleaning, const char *from, const char *to)
{
	struct story_passage *passage = cleaning->passage;
	struct story_link *link = &passage->links[passage->link_count++];
	struct arena *arena = cleaning->story->arena;
	const char *setter = NULL, *cut;

	for (const char *c = from; c + 1 < to && !setter; c++)
		if (c[0] == ']' && c[1] == '[')
			setter = c;
	if (setter) {
		passage->left_out[passage->left_out_count++] = trimmed(arena, setter + 1, to + 1);
		to = setter;
	}
	link->line = cleaning->line;
	if ((cut = to - from >= 2 ? last_arrow(from, to) : NULL)) {
		link->text = trimmed(arena, from, cut);
		link->target = trimmed(arena, cut + 2, to);
	} else if ((cut = memmem(from, (size_t)(to - from), "<-", 2))) {
		link->target = trimmed(arena, from, cut);
		link->text = trimmed(arena, cut + 2, to);
	} else if ((cut = memchr(from, '|', (size_t)(to - from)))) {
		link->text = trimmed(arena, from, cut);
		link->target = trimmed(arena, cut + 1, to);
	} else {
		link->text = link->target = trimmed(arena, from, to);
	}
	if (link->text[0] == '\0')
		link->text = link->target;
}

static bool only_a_bullet(const char *text, size_t length)
{
	while (length > 0 && strchr(" \t*-+>.0123456789", text[length - 1]))
		length--;
	return length == 0 || text[length - 1] == '\n';
}

/* Braces would be taken for templates. */
static void add_words(struct cleaning *cleaning, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!strchr("{}\r", text[i]))
			buffer_char(&cleaning->text, text[i]);
}

/* A link that has its line to itself is a choice; one inside a sentence is part of what is said. */
static void pass_link(struct cleaning *cleaning, const char *end)
{
	const struct story_link *link;
	size_t behind = strspn(end, " \t\r"), length = cleaning->text.length;

	read_link(cleaning, cleaning->at + 2, end - 2);
	link = &cleaning->passage->links[cleaning->passage->link_count - 1];
	if ((end[behind] == '\n' || end[behind] == '\0' || strncmp(end + behind, "[[", 2) == 0) &&
		only_a_bullet(cleaning->text.data ? cleaning->text.data : "", length)) {
		char *text = cleaning->text.data;

		while (text && length > 0 && text[length - 1] != '\n')
			text[--length] = '\0';
		cleaning->text.length = length;
	} else {
		add_words(cleaning, link->text, strlen(link->text));
	}
}

static void pass(struct cleaning *cleaning, const char *end)
{
	for (; cleaning->at < end; cleaning->at++)
		cleaning->line += *cleaning->at == '\n';
}

/* Names of variables in what is said cannot be filled in. */
static void see_variable(struct cleaning *cleaning)
{
	const char *at = cleaning->at;

	if (cleaning->variable || *at != '$' || !(isalpha((unsigned char)at[1]) || at[1] == '_'))
		return;
	cleaning->variable = true;
	story_report(cleaning->story, TWEE_VARIABLE, cleaning->line, "\"%.60s\" says the variable %.*s.",
		cleaning->passage->name, (int)(1 + strcspn(at + 1, " .,;:!?'\"()[]{}<>|\n\r\t")), at);
}

static void clean(struct cleaning *cleaning)
{
	struct story_passage *passage = cleaning->passage;

	while (*cleaning->at) {
		const char *link = closing(cleaning, LINK), *end;
		bool told = false;

		if (link) {
			pass_link(cleaning, link);
			pass(cleaning, link);
		} else if ((end = left_out(cleaning, &told))) {
			if (told)
				passage->left_out[passage->left_out_count++] =
					trimmed(cleaning->story->arena, cleaning->at, end);
			pass(cleaning, end);
		} else {
			see_variable(cleaning);
			add_words(cleaning, cleaning->at, 1);
			pass(cleaning, cleaning->at + 1);
		}
	}
}

/* Blank lines part paragraphs; other line breaks are blanks, and so is what controls a machine. */
static void split(struct story_passage *passage, struct arena *arena, const char *text)
{
	struct buffer paragraph = {0};

	for (const char *at = text;; at++) {
		size_t blank = strspn(at, " \t\n"), breaks = 0;

		for (size_t i = 0; i < blank; i++)
			breaks += at[i] == '\n';
		if ((*at == '\0' || at[blank] == '\0' || breaks > 1) && paragraph.length > 0) {
			passage->paragraphs[passage->paragraph_count++] = arena_text(arena, paragraph.data);
			buffer_reset(&paragraph);
		}
		if (at[blank] == '\0')
			break;
		if (blank > 0 && paragraph.length > 0)
			buffer_char(&paragraph, ' ');
		at += blank;
		if ((unsigned char)*at >= 0x20 && *at != 0x7f)
			buffer_char(&paragraph, *at);
	}
	buffer_clear(&paragraph);
}

void story_passage_text(const struct story *story, struct story_passage *passage)
{
	struct cleaning cleaning = {
		.story = story, .passage = passage, .at = passage->source, .line = passage->line + 1};
	size_t length = strlen(passage->source);

	cleaning.end = passage->source + length;
	passage->links = arena_array(story->arena, length / 4 + 1, sizeof *passage->links);
	passage->left_out = arena_array(story->arena, length / 2 + 2, sizeof *passage->left_out);
	passage->paragraphs = arena_array(story->arena, length / 2 + 2, sizeof *passage->paragraphs);
	clean(&cleaning);
	if (cleaning.text.data)
		split(passage, story->arena, cleaning.text.data);
	if (passage->left_out_count > 0)
		story_report(story, TWEE_MACRO, passage->line, "\"%.60s\" has %zu macro%s or tag%s, such as %.60s.",
			passage->name, passage->left_out_count, passage->left_out_count == 1 ? "" : "s",
			passage->left_out_count == 1 ? "" : "s", passage->left_out[0]);
	buffer_clear(&cleaning.text);
}
