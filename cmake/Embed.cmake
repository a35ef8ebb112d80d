# SPDX-License-Identifier: GPL-3.0-or-later
# coopnet_embed(OUT.c SYMBOL FILE…): a C file with the bytes of the files, one after the other, made at build time:
#   const unsigned char SYMBOL[]; const size_t SYMBOL_len;
function(coopnet_embed out symbol)
  string(REPLACE ";" "|" inputs "${ARGN}")
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -D OUT=${out} -D SYMBOL=${symbol} "-DINPUTS=${inputs}" -P ${PROJECT_SOURCE_DIR}/cmake/embed-files.cmake
    DEPENDS ${ARGN} ${PROJECT_SOURCE_DIR}/cmake/embed-files.cmake VERBATIM)
endfunction()
