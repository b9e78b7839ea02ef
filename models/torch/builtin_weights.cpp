// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/torch/builtin_weights.h"

// The assembler copies the file: as an array in C++ it would take the compiler a minute.
#define BUILTIN_WEIGHTS(name, path)                                                      \
  asm(".pushsection .rodata\n.balign 64\n" #name "_begin:\n.incbin \"" path "\"\n" #name \
      "_end:\n.popsection\n");                                                           \
  extern "C" __attribute__((visibility("hidden"))) const std::byte name##_begin[], name##_end[];
#include "models/torch/builtin_weights.inc"
#undef BUILTIN_WEIGHTS

namespace mvga {

std::span<const std::byte> builtin_weights(const std::string& architecture) {
#define BUILTIN_WEIGHTS(name, path) \
  if (architecture == #name) return {name##_begin, name##_end};
#include "models/torch/builtin_weights.inc"
#undef BUILTIN_WEIGHTS
  return {};
}

}  // namespace mvga
