// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// SHA-256 of bytes in memory, as 64 lower-case hexadecimal digits.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace mvga {

std::string sha256_hex(std::span<const std::byte> bytes);

}  // namespace mvga
