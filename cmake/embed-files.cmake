# SPDX-License-Identifier: GPL-3.0-or-later
# Run by coopnet_embed (Embed.cmake).
string(REPLACE "|" ";" inputs "${INPUTS}")
set(hex)
foreach(input ${inputs})
  file(READ ${input} part HEX)
  string(APPEND hex "${part}0a")
endforeach()
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
string(REGEX REPLACE "(................................................................................)" "\\1\n" bytes "${bytes}")
file(WRITE ${OUT} "#include <stddef.h>\n#include \"assets.h\"\nconst unsigned char ${SYMBOL}[] = {\n${bytes}\n};\nconst size_t ${SYMBOL}_len = sizeof ${SYMBOL};\n")
