/* SPDX-License-Identifier: Apache-2.0 */
/* What is repeated to make a message that keeps every pattern busy. Shared by tests, fuzzing and measurements. */
#ifndef ASKWELL_TESTS_HOSTILE_H
#define ASKWELL_TESTS_HOSTILE_H

#define HOSTILE_CHARACTERS 4000

static const char *const hostile[] = {
	"a",
	" ",
	"? ",
	"?",
	".",
	"... ",
	", ",
	"'",
	"\"",
	"\xe2\x80\x9c", /* a quotation that is never closed */
	"\xe2\x80\xa6",
	"-",
	"wh- ",
	"\n",
	"\r\n",
	"\t",
	"{words} ",
	"what ",
	"how ",
	"and what ",
	"why don't you ",
	"have you tried ",
	"you said you ",
	"so you feel that you ",
	"what if you could have been ",
	"on a scale of 0 to 10 ",
	"part of you ",
	"on the one hand ",
	"should ",
	"i want to ",
	"one of my ",
	"don't ",
	"u ",
	"um ",
	"0",
	"0 ",
	"07 ",
	"+44",
	"a@",
	"a@a.",
	"A1 ",
	"(",
	"is it that you ",
	"you, ",
	"or is it ",
	"Is it? ",
	"Go on. ",
	"So you are tired. ",
	"e.g. ",
	"\xf0\x9f\x99\x82",                                         /* a smiling face */
	"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa9\xe2\x80\x8d", /* a family without an end */
	"e\xcc\x81",                                                /* a letter and its accent apart */
	"\xcc\x81",                                                 /* accents on nothing */
	"\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d ",                        /* Hebrew */
	"\xd8\x9f",                                                 /* Arabic question mark */
	"\xe2\x80\xae",                                             /* right-to-left override */
	"\xe2\x80\x8b",                                             /* no width at all */
	"\xe4\xbd\xa0\xe5\xa5\xbd",                                 /* Chinese */
	"\xc3\x9f",
	"\x01",
};

#endif
