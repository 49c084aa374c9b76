/* SPDX-License-Identifier: Apache-2.0 */
#include "arrows.h"

static bool is_same(const struct arrow *arrow, const struct outline_rule *rule)
{
	return arrow->level == rule->level && arrow->at == rule->at && arrow->target == rule->target;
}

struct arrows arrows_of(const struct outline *outline, struct arena *arena)
{
	struct arrows found = {arena_array(arena, outline->rule_count, sizeof *found.arrows), 0};

	for (size_t i = 0; i < outline->rule_count; i++) {
		const struct outline_rule *rule = &outline->rules[i];
		struct arrow *arrow = found.arrows;

		if (!rule->moves)
			continue;
		while (arrow < found.arrows + found.count && !is_same(arrow, rule))
			arrow++;
		if (arrow == found.arrows + found.count) {
			*arrow = (struct arrow){.level = rule->level, .at = rule->at, .target = rule->target};
			arrow->rules = arena_array(arena, outline->rule_count - i, sizeof(struct outline_rule *));
			found.count++;
		}
		arrow->rules[arrow->count++] = rule;
	}
	return found;
}

const char *arrow_from(const struct outline *outline, const struct arrow *arrow, struct arena *arena)
{
	switch (arrow->level) {
	case OUTLINE_STATE:
		return outline->states[arrow->at].id;
	case OUTLINE_STAGE:
		return arena_format(arena, "anywhere in %s", outline->stages[arrow->at].name);
	default:
		return "anywhere";
	}
}
