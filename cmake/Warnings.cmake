# Flags shared by every target of ours.
add_library(coopnet_flags INTERFACE)
target_compile_options(coopnet_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
  -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wcast-qual -Wwrite-strings -Wformat=2 -Wundef -Wvla
  -Wno-psabi -fno-common -ffp-contract=off)
if(COOPNET_WERROR)
  target_compile_options(coopnet_flags INTERFACE -Werror)
endif()
if(COOPNET_TIDY)
  find_program(CLANG_TIDY NAMES clang-tidy clang-tidy-14 REQUIRED)
  set(CMAKE_C_CLANG_TIDY ${CLANG_TIDY} --quiet --warnings-as-errors=*)
endif()
if(COOPNET_COVERAGE)
  target_compile_options(coopnet_flags INTERFACE --coverage)
  target_link_options(coopnet_flags INTERFACE --coverage)
endif()
