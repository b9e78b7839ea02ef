// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What goes into a safetensors file of ours, by name. Fields reads it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/io/file_kind.h"
#include "core/io/safetensors.h"

namespace mvga {

/// The same fields give the same bytes, in whatever order they were added.
class FieldWriter {
 public:
  /// Begins a file that says of which kind and version it is, and what wrote it.
  explicit FieldWriter(const FileKind& kind);

  void text(const std::string& key, std::string_view value);
  void number(const std::string& key, std::uint64_t value);

  /// Copies a tensor.
  void tensor(const std::string& key, DType type, std::vector<std::int64_t> shape,
              const void* data);
  /// A tensor that had better not be in memory as a whole (SafetensorsWriter::add_streamed).
  void streamed(const std::string& key, DType type, std::vector<std::int64_t> shape,
                ByteSource source);
  void scalar(const std::string& key, double value);
  void vector(const std::string& key, const std::vector<double>& values);
  void whole_numbers(const std::string& key, const std::vector<std::int64_t>& values);

  /// The file with its checksum; what is added later breaks that.
  const SafetensorsWriter& sealed();

 private:
  SafetensorsWriter file_;
};

}  // namespace mvga
