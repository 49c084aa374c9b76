/* SPDX-License-Identifier: Apache-2.0 */
#include "walk_messages.h"

#include <string.h>

#define MESSAGE(technique, focus, text)                                                                                \
	{                                                                                                              \
		TECHNIQUE_##technique, TECHNIQUE_FOCUS_##focus, text                                                   \
	}

static const struct walk_message english[] = {
	MESSAGE(OPEN_QUESTION, GOAL, "What would you like to take away from this conversation?"),
	MESSAGE(OPEN_QUESTION, GOAL, "what do you want from today"),
	MESSAGE(OPEN_QUESTION, GOAL, "What would make this half hour worth it?"),
	MESSAGE(OPEN_QUESTION, REALITY, "What is happening at the moment?"),
	MESSAGE(OPEN_QUESTION, REALITY, "How did that start?"),
	MESSAGE(OPEN_QUESTION, REALITY, "What have you tried so far?"),
	MESSAGE(OPEN_QUESTION, REALITY, "Who else is involved in this?"),
	MESSAGE(OPEN_QUESTION, REALITY, "And then what happened?"),
	MESSAGE(OPEN_QUESTION, FEELING, "How do you feel about all this?"),
	MESSAGE(OPEN_QUESTION, FEELING, "whats that like for you"),
	MESSAGE(OPEN_QUESTION, STRENGTHS, "What has helped you through times like this before?"),
	MESSAGE(OPEN_QUESTION, STRENGTHS, "What are you proud of?"),
	MESSAGE(OPEN_QUESTION, OPTIONS, "What could you do about it?"),
	MESSAGE(OPEN_QUESTION, OPTIONS, "What else could you do?"),
	MESSAGE(OPEN_QUESTION, OPTIONS, "What else, even something silly?"),
	MESSAGE(OPEN_QUESTION, OPTIONS, "Which of those do you like most?"),
	MESSAGE(OPEN_QUESTION, OPTIONS, "Which of these draws you?"),
	MESSAGE(OPEN_QUESTION, OBSTACLES, "What might get in the way?"),
	MESSAGE(OPEN_QUESTION, NONE, "What else?"),
	MESSAGE(OPEN_QUESTION, NONE, "Can you tell me more about that?"),
	MESSAGE(CLOSED_QUESTION, NONE, "Have you told anyone?"),
	MESSAGE(CLOSED_QUESTION, NONE, "Is it always like that?"),
	MESSAGE(CLOSED_QUESTION, NONE, "Do you sleep well?"),
	MESSAGE(CLOSED_QUESTION, NONE, "did you ask your boss"),
	MESSAGE(CLOSED_QUESTION, NONE, "How long has this been going on?"),
	MESSAGE(CLOSED_QUESTION, NONE, "How many people are in the team?"),
	MESSAGE(CLOSED_QUESTION, NONE, "Are you angry with them?"),
	MESSAGE(CLOSED_QUESTION, NONE, "When was that?"),
	MESSAGE(LEADING_QUESTION, NONE, "Don't you think you are being a bit hard on yourself?"),
	MESSAGE(LEADING_QUESTION, NONE, "Surely you can see why they did that?"),
	MESSAGE(MULTIPLE_QUESTIONS, NONE, "What happened? Who was there? And how did you react, were you upset?"),
	MESSAGE(WHY_QUESTION, NONE, "Why did you do that?"),
	MESSAGE(WHY_QUESTION, NONE, "Why don't you just leave?"),
	MESSAGE(SCALING_QUESTION, NONE, "On a scale from one to ten, how sure are you?"),
	MESSAGE(SCALING_QUESTION, NONE, "What makes it a five and not a three?"),
	MESSAGE(SCALING_QUESTION, NONE, "What would make it one point higher?"),
	MESSAGE(HYPOTHETICAL_QUESTION, NONE, "If you woke up tomorrow and it was solved, what would be different?"),
	MESSAGE(HYPOTHETICAL_QUESTION, NONE, "What would you say to a friend in your place?"),
	MESSAGE(FUTURE_QUESTION, GOAL, "Where do you see yourself a year from now?"),
	MESSAGE(CLARIFYING_QUESTION, NONE, "What do you mean by that?"),
	MESSAGE(CLARIFYING_QUESTION, NONE, "When you say heavy, what is that?"),
	MESSAGE(COMMITMENT_QUESTION, WILL, "What will you do?"),
	MESSAGE(COMMITMENT_QUESTION, WILL, "What will you do first?"),
	MESSAGE(COMMITMENT_QUESTION, WILL, "When will you do it?"),
	MESSAGE(COMMITMENT_QUESTION, WILL, "Who could support you with that?"),
	MESSAGE(COMMITMENT_QUESTION, WILL, "what's your next step then"),
	MESSAGE(LEARNING_QUESTION, LEARNING, "What do you take with you from today?"),
	MESSAGE(PERMISSION_QUESTION, NONE, "May I share something I noticed?"),
	MESSAGE(PERMISSION_QUESTION, NONE, "Would it be all right if I gave you an idea?"),
	MESSAGE(ADVICE_IN_QUESTION, NONE, "Have you thought of talking to HR about it?"),
	MESSAGE(ADVICE_IN_QUESTION, NONE, "Couldn't you just take a few days off?"),
	MESSAGE(ADVICE_IN_QUESTION, NONE, "What about writing a list every morning?"),
	MESSAGE(SIMPLE_REFLECTION, NONE, "So it has been a long year."),
	MESSAGE(SIMPLE_REFLECTION, NONE, "You're tired."),
	MESSAGE(SIMPLE_REFLECTION, NONE, "So nobody asked you."),
	MESSAGE(COMPLEX_REFLECTION, NONE, "It sounds as though a part of you has already decided."),
	MESSAGE(COMPLEX_REFLECTION, NONE, "You keep going for everybody else, and there is nothing left for you."),
	MESSAGE(COMPLEX_REFLECTION, NONE, "On the one hand you want it, on the other it frightens you."),
	MESSAGE(SUMMARY, NONE,
		"Let me see if I have this right: work is busy, nobody asked you, and you are not sure "
		"what you want. Did I miss anything?"),
	MESSAGE(AFFIRMATION, NONE, "That took courage."),
	MESSAGE(AFFIRMATION, NONE, "You clearly care about the people you work with."),
	MESSAGE(EMPATHY, FEELING, "That sounds really hard."),
	MESSAGE(EMPATHY, FEELING, "I'm sorry you had to go through that."),
	MESSAGE(EMPATHY, FEELING, "I can hear how much this hurts."),
	MESSAGE(MINIMAL_ENCOURAGER, NONE, "Go on."),
	MESSAGE(MINIMAL_ENCOURAGER, NONE, "Mm hm"),
	MESSAGE(MINIMAL_ENCOURAGER, NONE, "I see."),
	MESSAGE(MINIMAL_ENCOURAGER, NONE, "..."),
	MESSAGE(CHALLENGE, NONE, "You say it does not matter, and you have come back to it three times."),
	MESSAGE(INFORMATION, NONE, "Research shows that most people need about two months to change a habit."),
	MESSAGE(INFORMATION, NONE, "There is a form for that on the intranet."),
	MESSAGE(SELF_DISCLOSURE, NONE, "I went through exactly the same thing five years ago."),
	MESSAGE(SELF_DISCLOSURE, NONE, "When I was in your position I used to write everything down."),
	MESSAGE(ADVICE_DIRECT, NONE, "You should talk to your manager."),
	MESSAGE(ADVICE_DIRECT, NONE, "I would just say no next time."),
	MESSAGE(ADVICE_DIRECT, NONE, "You need to take better care of yourself."),
	MESSAGE(ADVICE_DIRECT, NONE, "My advice is to sleep on it."),
	MESSAGE(ADVICE_DIRECT, NONE, "Make a list and start with the smallest thing."),
	MESSAGE(ADVICE_DIRECT, NONE, "If I were you I'd look for another job."),
	MESSAGE(ADVICE_DIRECT, NONE, "try breathing exercises, they really work"),
	MESSAGE(ADVICE_DIRECT, NONE, "Put it in your diary and stick to it."),
	MESSAGE(REASSURANCE, NONE, "Don't worry, it will all work out."),
	MESSAGE(REASSURANCE, NONE, "I'm sure you'll be fine."),
	MESSAGE(JUDGEMENT, NONE, "That was not very professional."),
	MESSAGE(JUDGEMENT, NONE, "Well done, that is the right way to look at it."),
	MESSAGE(CONTRACTING, NONE, "Everything you say stays between us. Is that all right?"),
	MESSAGE(CONTRACTING, NONE, "We have about thirty minutes. How shall we use them?"),
	MESSAGE(STRUCTURING, OPTIONS, "Shall we look at what you could do?"),
	MESSAGE(STRUCTURING, NONE, "Let's stay with that for a moment."),
	MESSAGE(SMALL_TALK, NONE, "Hello, nice to meet you."),
	MESSAGE(SMALL_TALK, NONE, "Hi! How are you today?"),
	MESSAGE(SMALL_TALK, NONE, "Thank you for coming."),
	MESSAGE(OFF_TOPIC, NONE, "Who won the football last night?"),
	MESSAGE(OFF_TOPIC, NONE, "Are you a robot?"),
	MESSAGE(OFF_TOPIC, NONE, "What is the capital of Peru?"),
	MESSAGE(UNCLASSIFIED, NONE, "sorry, that came out wrong"),
	MESSAGE(UNCLASSIFIED, NONE, "I don't really know what to say now"),
	MESSAGE(UNCLASSIFIED, NONE, "hm ok yes no maybe"),
	MESSAGE(UNCLASSIFIED, NONE, "this is boring"),
	MESSAGE(UNCLASSIFIED, NONE, "I think we are done for today, thank you."),
};

static const char *const english_topics[] = {
	"Tell me more about %s.",
	"What is it about %s?",
	"%s?",
	"How is it with %s?",
	"So it's %s.",
	"what about %s",
	"You keep coming back to %s.",
	"Is %s part of it?",
	"What would change if it weren't for %s?",
};

static const char *const bare_topics[] = {"%s?", "%s"};

static const char *const odd[] = {
	".",
	"?",
	"!!!",
	"-",
	"k",
	"\xe2\x80\xa6",
	"\xf0\x9f\x99\x82",
	"\xf0\x9f\x98\xad\xf0\x9f\x98\xad\xf0\x9f\x98\xad",
	"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7 \xf0\x9f\x91\x8d\xf0\x9f\x8f\xbd ok?",
	"What about \xd0\xb4\xd0\xbe\xd0\xbc and \xe5\xb7\xa5\xe4\xbd\x9c?",
	"\u0645\u0631\u062d\u0628\u0627\u061f",
	"\xe4\xbd\xa0\xe5\xa5\xbd",
	"WHAT DO YOU WANT???",
	"e\314\201\314\201\314\201\314\201 z\314\265\314\241a\314\266l\314\267g\314\270o",
	"wh at  is   it",
	"asdfghjkl",
	"1234567890",
	"<b>hello</b> {concern} %s %n",
	"\"'`;--",
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	"\xef\xbc\xb7\xef\xbd\x88\xef\xbd\x81\xef\xbd\x94 else\xef\xbc\x9f",
	"what\xe2\x80\x99s\xc2\xa0up",
};

static bool is_english(const char *language)
{
	return strcmp(language, "en") == 0;
}

const struct walk_message *walk_messages(const char *language, size_t *count)
{
	*count = is_english(language) ? sizeof english / sizeof english[0] : 0;
	return english;
}

const char *const *walk_topic_messages(const char *language, size_t *count)
{
	*count = is_english(language) ? sizeof english_topics / sizeof english_topics[0]
				      : sizeof bare_topics / sizeof bare_topics[0];
	return is_english(language) ? english_topics : bare_topics;
}

const char *const *walk_odd_messages(size_t *count)
{
	*count = sizeof odd / sizeof odd[0];
	return odd;
}
