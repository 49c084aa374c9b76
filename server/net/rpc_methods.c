/* SPDX-License-Identifier: Apache-2.0 */
/* Every method of the wire, with its parameters: the same list as openrpc.json. */
#include "rpc.h"

static void library_list(const struct rpc_call *call)
{
	practice_library(call->practice, call->done, call->user);
}

static void library_case(const struct rpc_call *call)
{
	practice_case(call->practice, call->values[0].text, call->done, call->user);
}

static void library_findings(const struct rpc_call *call)
{
	practice_library_findings(call->practice, call->done, call->user);
}

static void session_list(const struct rpc_call *call)
{
	practice_sessions(call->practice, call->person, call->done, call->user);
}

static void session_start(const struct rpc_call *call)
{
	const struct rpc_value *pair = &call->values[3];

	practice_start(call->practice, call->person, &call->values[0].id, call->values[1].text, call->values[2].number,
		pair->text ? &pair->id : NULL, call->done, call->user);
}

static void session_open(const struct rpc_call *call)
{
	practice_open_session(call->practice, call->person, &call->values[0].id, call->done, call->user);
}

static void session_techniques(const struct rpc_call *call)
{
	practice_techniques(call->practice, call->person, &call->values[0].id, call->done, call->user);
}

static void session_debrief(const struct rpc_call *call)
{
	practice_debrief(call->practice, call->person, &call->values[0].id, (uint32_t)call->values[1].number,
		call->done, call->user);
}

static void turn_say(const struct rpc_call *call)
{
	const struct rpc_value *text = &call->values[2];

	practice_say(call->practice, call->person, &call->values[0].id, (uint32_t)call->values[1].number, text->text,
		text->length, call->done, call->user);
}

static void turn_retake(const struct rpc_call *call)
{
	practice_retake(call->practice, call->person, &call->values[0].id, (uint32_t)call->values[1].number,
		(uint32_t)call->values[2].number, call->done, call->user);
}

static void turn_hint(const struct rpc_call *call)
{
	practice_hint(call->practice, call->person, &call->values[0].id, (uint32_t)call->values[1].number, call->done,
		call->user);
}

static void turn_end(const struct rpc_call *call)
{
	practice_end(call->practice, call->person, &call->values[0].id, (uint32_t)call->values[1].number, call->done,
		call->user);
}

static void dispute_raise(const struct rpc_call *call)
{
	const struct rpc_value *note = &call->values[4];

	practice_dispute(call->practice, call->person, &call->values[0].id, (uint32_t)call->values[1].number,
		(unsigned)call->values[2].number, call->values[3].text, note->text, note->length, call->done,
		call->user);
}

static void dispute_withdraw(const struct rpc_call *call)
{
	practice_withdraw_dispute(call->practice, call->person, &call->values[0].id, (uint32_t)call->values[1].number,
		(unsigned)call->values[2].number, call->done, call->user);
}

static void note_write(const struct rpc_call *call)
{
	const struct rpc_value *text = &call->values[2];

	practice_note(call->practice, call->person, &call->values[0].id, call->values[1].text, text->text, text->length,
		call->done, call->user);
}

static void drill_list(const struct rpc_call *call)
{
	practice_drills(call->practice, call->person, call->done, call->user);
}

const struct rpc_method rpc_methods[] = {
	{"turn.say", {{"session", RPC_UUID, false}, {"turn", RPC_TURN, false}, {"text", RPC_TEXT, false}}, turn_say},
	{"turn.hint", {{"session", RPC_UUID, false}, {"turn", RPC_TURN, false}}, turn_hint},
	{"turn.retake", {{"session", RPC_UUID, false}, {"turn", RPC_TURN, false}, {"to", RPC_TURN, false}},
		turn_retake},
	{"turn.end", {{"session", RPC_UUID, false}, {"turn", RPC_TURN, false}}, turn_end},
	{"session.open", {{"session", RPC_UUID, false}}, session_open},
	{"session.start",
		{{"session", RPC_UUID, false}, {"script", RPC_TEXT, false}, {"seed", RPC_SEED, true},
			{"pair", RPC_UUID, true}},
		session_start},
	{"session.techniques", {{"session", RPC_UUID, false}}, session_techniques},
	{"session.debrief", {{"session", RPC_UUID, false}, {"ended_turn", RPC_TURN, true}}, session_debrief},
	{"session.list", {{NULL, RPC_TEXT, false}}, session_list},
	{"dispute.raise",
		{{"session", RPC_UUID, false}, {"turn", RPC_TURN, false}, {"label", RPC_LABEL, false},
			{"technique", RPC_TEXT, true}, {"note", RPC_TEXT, true}},
		dispute_raise},
	{"dispute.withdraw", {{"session", RPC_UUID, false}, {"turn", RPC_TURN, false}, {"label", RPC_LABEL, false}},
		dispute_withdraw},
	{"note.write", {{"session", RPC_UUID, false}, {"about", RPC_TEXT, false}, {"text", RPC_TEXT, false}},
		note_write},
	{"drill.list", {{NULL, RPC_TEXT, false}}, drill_list},
	{"library.list", {{NULL, RPC_TEXT, false}}, library_list},
	{"library.case", {{"script", RPC_TEXT, false}}, library_case},
	{"library.findings", {{NULL, RPC_TEXT, false}}, library_findings},
	{NULL, {{NULL, RPC_TEXT, false}}, NULL},
};
