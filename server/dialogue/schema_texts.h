/* SPDX-License-Identifier: Apache-2.0 */
/* The published schemas as bytes; the build generates the definitions from dialogues/schema. */
#ifndef ASKWELL_DIALOGUE_SCHEMA_TEXTS_H
#define ASKWELL_DIALOGUE_SCHEMA_TEXTS_H

#include <stddef.h>

extern const char schema_text_dialogue[];
extern const size_t schema_length_dialogue;
extern const char schema_text_model[];
extern const size_t schema_length_model;
extern const char schema_text_contrast[];
extern const size_t schema_length_contrast;
extern const char schema_text_drill[];
extern const size_t schema_length_drill;
extern const char schema_text_fragment[];
extern const size_t schema_length_fragment;
extern const char schema_text_temperament[];
extern const size_t schema_length_temperament;

#endif
