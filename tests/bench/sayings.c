/* SPDX-License-Identifier: Apache-2.0 */
#include "sayings.h"

#define SAY(text)                                                                                                      \
	{                                                                                                              \
		text, sizeof(text) - 1                                                                                 \
	}

static const struct saying SAYINGS[] = {
	SAY("Hello, thanks for making the time. How are you today?"),
	SAY("What would you like to have in your hands by the end of our half hour together?"),
	SAY("Before we begin, shall we agree what stays between us and how we want to use the time?"),
	SAY("What makes this important to you just now?"),
	SAY("It sounds as if the last few months have taken more out of you than you expected."),
	SAY("So on the one hand you are proud of the team, and on the other you go home with nothing left."),
	SAY("Have you tried talking to your manager about it?"),
	SAY("You should write down everything you do for a week and then drop the bottom third."),
	SAY("Tell me more about that meeting on Tuesday."),
	SAY("On a scale of one to ten, how close are you to where you would like to be?"),
	SAY("what would a 7 look like compared with now"),
	SAY("Why did you not say anything when they changed the plan?"),
	SAY("Is it the workload, or is it your boss, or are you simply bored? And what have you done so far?"),
	SAY("Mm. Go on."),
	SAY("If nobody could say no to you, what would you do first?"),
	SAY("Imagine it is a year from now and this has turned out well. What do you notice?"),
	SAY("When I was in your place I left the company, and honestly it was the best thing I ever did."),
	SAY("Do not worry, everybody feels like that at your stage and it will pass."),
	SAY("That was not very wise, was it?"),
	SAY("You kept going although nobody thanked you for it. That takes stamina."),
	SAY("When you say it does not fit any more, what do you mean by fit?"),
	SAY("Who else is affected by this, and how?"),
	SAY("Let me see whether I have it: you want a say in where you go next, and you fear that asking will look "
	    "disloyal."),
	SAY("What have you already tried, and what came of it?"),
	SAY("May I share something that I have seen work for other people in a similar place?"),
	SAY("What options can you see, even the ones you would never choose?"),
	SAY("Don't you think it would be better to wait until the spring?"),
	SAY("The policy says that you can ask for a sabbatical after five years of service."),
	SAY("What could get in the way of that?"),
	SAY("What will you do, by when, and who will notice?"),
	SAY("How sure are you, out of ten, that you will really have that conversation on Monday?"),
	SAY("What did you learn about yourself while we talked?"),
	SAY("You say that it does not matter, and yet you have come back to it three times. What do you make of that?"),
	SAY("That must be hard, carrying it on your own for so long."),
	SAY("Could you ask for a mentor, perhaps someone from another department?"),
	SAY("We have about ten minutes left. Where would you like to go with them?"),
	SAY("so you feel stuck between what you are good at and what you want"),
	SAY("What strengths did you draw on the last time something like this happened?"),
	SAY("Did you see the match on Saturday? What a finish that was."),
	SAY("How would your partner describe what work is doing to you at the moment?"),
	SAY("Anything else?"),
	SAY("Let's leverage your core competencies and circle back to the deliverables of your personal brand."),
};

size_t sayings_count(void)
{
	return sizeof(SAYINGS) / sizeof(SAYINGS[0]);
}

const struct saying *sayings_at(size_t index)
{
	return &SAYINGS[index % sayings_count()];
}
