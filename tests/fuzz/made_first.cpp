// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What a fuzzer makes with its first input (a model that is learned, an element) it makes here,
// before libFuzzer's clocks run: on a busy machine that took longer than an input may, and was a
// crash.

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerInitialize(int* /*count*/, char*** /*arguments*/) {
  const std::uint8_t nothing = 0;
  return LLVMFuzzerTestOneInput(&nothing, 0);
}
