// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Files of tensors as torch.save() wrote them: pickles, which are programs.

#include <cstdint>
#include <cstdlib>
#include <span>

#include "core/base/error.h"
#include "tools/weights/checkpoint.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span<const std::byte> bytes = std::as_bytes(std::span(data, size));
  try {
    std::size_t all = 0;
    for (const auto& [_, tensor] : mvga::tool::read_checkpoint(bytes, "checkpoint"))
      all += tensor.bytes.size();
    if (all > size) std::abort();  // tensors are to be no larger than the file
  } catch (const mvga::Error&) {   // as it should be
  }
  return 0;
}
