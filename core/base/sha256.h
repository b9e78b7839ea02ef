// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// SHA-256, as 64 lower-case hexadecimal digits.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace mvga {

/// Of bytes that come in pieces.
class Sha256 {
 public:
  Sha256();
  void add(std::span<const std::byte> bytes);
  /// Of all that was added; nothing can be added afterwards.
  std::string hex();

 private:
  struct Free {
    void operator()(void* sum) const;
  };
  std::unique_ptr<void, Free> sum_;
};

std::string sha256_hex(std::span<const std::byte> bytes);

}  // namespace mvga
