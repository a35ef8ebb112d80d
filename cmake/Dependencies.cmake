# What coopnet stands on, all from the distribution. cmake/install-deps.sh names the packages.
find_package(PkgConfig REQUIRED)
pkg_check_modules(CJSON REQUIRED IMPORTED_TARGET libcjson)
pkg_check_modules(EXPAT REQUIRED IMPORTED_TARGET expat)
pkg_check_modules(LIBZIP REQUIRED IMPORTED_TARGET libzip)
pkg_check_modules(LIBPQ REQUIRED IMPORTED_TARGET libpq)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(RSVG REQUIRED IMPORTED_TARGET librsvg-2.0)
pkg_check_modules(CAIRO REQUIRED IMPORTED_TARGET cairo cairo-pdf)
# Its pkg-config file asks for the development files of libraries it only uses inside (Debian 13), so it is looked for by name.
find_path(XLSXWRITER_INCLUDE_DIR xlsxwriter.h REQUIRED)
find_library(XLSXWRITER_LIBRARY xlsxwriter REQUIRED)
add_library(PkgConfig::XLSXWRITER INTERFACE IMPORTED)
target_include_directories(PkgConfig::XLSXWRITER INTERFACE ${XLSXWRITER_INCLUDE_DIR})
target_link_libraries(PkgConfig::XLSXWRITER INTERFACE ${XLSXWRITER_LIBRARY})
pkg_check_modules(GLIB REQUIRED IMPORTED_TARGET glib-2.0)
pkg_check_modules(GRAPHVIZ REQUIRED IMPORTED_TARGET libgvc libcgraph libxdot)

# What the tests compare the kernels with, and the benchmark measures them against. The library does without.
if(COOPNET_TESTS)
  pkg_check_modules(IGRAPH REQUIRED IMPORTED_TARGET igraph>=0.10)
endif()

# Comes with gcc. Without it (clang without its runtime) the same results are computed on one thread.
find_package(OpenMP COMPONENTS C)
add_library(coopnet_threads INTERFACE)
if(OpenMP_C_FOUND)
  target_link_libraries(coopnet_threads INTERFACE OpenMP::OpenMP_C)
else()
  target_compile_options(coopnet_threads INTERFACE -Wno-unknown-pragmas)
endif()

# The script library of the report's page, from the package node-d3; it is embedded, nothing of it is needed at run time.
find_file(D3_JS NAMES d3.min.js PATHS /usr/share/nodejs/d3/dist /usr/share/javascript/d3 /usr/lib/nodejs/d3/dist NO_DEFAULT_PATH REQUIRED)
