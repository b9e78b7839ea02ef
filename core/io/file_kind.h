// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What a kind of file of ours is called.
#pragma once

#include <cstdint>
#include <string_view>

namespace mvga {

/// In error texts, and in the files themselves.
struct FileKind {
  std::string_view format;     ///< metadata "format"
  int version = 1;             ///< metadata "format_version"
  std::string_view name;       ///< "model"
  std::string_view not_of_it;  ///< what is said of a file of another kind
  std::string_view anew;       ///< how to get one that is not of another version
  std::string_view repair;     ///< how to get one that is not damaged
  std::uint64_t largest = 0;   ///< bytes that such a file may have
};

}  // namespace mvga
