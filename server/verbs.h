/* SPDX-License-Identifier: Apache-2.0 */
/* The verbs of the one program: each takes the arguments after its own name and returns the exit status (0 done,
 * 1 found problems, 2 wrong usage, 3 could not run). */
#ifndef ASKWELL_SERVER_VERBS_H
#define ASKWELL_SERVER_VERBS_H

int verb_serve(int argc, char **argv);
int verb_play(int argc, char **argv);
int verb_lint(int argc, char **argv);
int verb_test(int argc, char **argv);
int verb_classify(int argc, char **argv);
int verb_reanalyse(int argc, char **argv);
int verb_stats(int argc, char **argv);
int verb_export(int argc, char **argv);
int verb_disputes(int argc, char **argv);
int verb_versions(int argc, char **argv);
int verb_fmt(int argc, char **argv);
int verb_graph(int argc, char **argv);
int verb_import_twee(int argc, char **argv);
int verb_lines(int argc, char **argv);

#endif
