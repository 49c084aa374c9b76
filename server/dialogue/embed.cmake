# SPDX-License-Identifier: Apache-2.0
# Writes schema_texts.c: the published schemas as byte arrays, because a string literal of that length is not portable.
# Run as: cmake -DFOLDER=dialogues/schema -DOUT=schema_texts.c -P embed.cmake
set(code "/* SPDX-License-Identifier: Apache-2.0 */\n/* Generated from dialogues/schema. */\n#include \"schema_texts.h\"\n")
foreach(name contrast dialogue drill fragment model temperament)
  file(READ "${FOLDER}/${name}.schema.json" hex HEX)
  string(LENGTH "${hex}" digits)
  math(EXPR length "${digits} / 2")
  string(REGEX REPLACE "(................................)" "\\1\n" hex "${hex}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(APPEND code "\nconst char schema_text_${name}[] = {\n${bytes}0};\nconst size_t schema_length_${name} = ${length};\n")
endforeach()
file(WRITE "${OUT}" "${code}")
