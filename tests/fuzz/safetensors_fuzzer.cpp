// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A header of any text, with a length that is right and as many data as the first two bytes say.

#include <cstdint>
#include <cstdlib>
#include <vector>

#include "core/base/error.h"
#include "core/base/printable.h"
#include "core/io/safetensors.h"
#include "core/io/seal.h"

using namespace mvga;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::size_t header = size - 2;
  std::vector<std::byte> bytes(8 + header + (data[0] - std::size_t{'0'}) % 256);
  for (std::size_t i = 0; i < 8; ++i) bytes[i] = static_cast<std::byte>(header >> (8 * i));
  std::copy_n(reinterpret_cast<const std::byte*>(data + 2), header, bytes.begin() + 8);
  try {
    const SafetensorsFile file = SafetensorsFile::parse(std::move(bytes), "fuzzed");
    std::size_t filled = 0;
    for (const auto& [key, tensor] : file.tensors()) filled += tensor.bytes.size();
    if (8 + header + filled != file.bytes().size()) std::abort();
    check_seal(file);
  } catch (const Error& e) {
    if (printable(e.what(), kLongestMessage) != e.what()) std::abort();
  }
  return 0;
}
