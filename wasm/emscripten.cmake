# SPDX-License-Identifier: Apache-2.0
# Finds Emscripten wherever emcc is installed and uses the toolchain file it ships. Nothing else.
find_program(EMCC emcc)
if(NOT EMCC)
  message(FATAL_ERROR "emcc is not installed. On Debian: apt-get install emscripten")
endif()
file(REAL_PATH "${EMCC}" emcc_path)
get_filename_component(emscripten_root "${emcc_path}" DIRECTORY)
include("${emscripten_root}/cmake/Modules/Platform/Emscripten.cmake")
