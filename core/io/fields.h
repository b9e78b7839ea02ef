// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What a safetensors file of ours says, read with the suspicion that a file deserves.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/io/file_kind.h"
#include "core/io/safetensors.h"

namespace mvga {

/// Reads metadata and tensors by name, type, shape and range. Everything throws Error unreadable
/// with the file's name, what is wrong with it, and the way out. The file must outlive it.
class Fields {
 public:
  Fields(const SafetensorsFile& file, const FileKind& kind) : file_(file), kind_(kind) {}

  /// Reads a file into memory, once its first bytes say that it is of the kind and version.
  static SafetensorsFile open(const std::filesystem::path& path, const FileKind& kind);

  /// The file is of the kind and version, and nobody changed a byte of it.
  void check() const;

  [[noreturn]] void refuse(const std::string& what) const;
  [[noreturn]] void damaged(const std::string& what) const;

  bool has(const std::string& key) const;
  bool has_tensor(const std::string& key) const;
  /// One line that can be shown as it is (printable.h), of at most 4096 bytes.
  const std::string& text(const std::string& key) const;
  std::uint64_t number(const std::string& key, std::uint64_t low, std::uint64_t high) const;
  /// 0 where there is no such text.
  std::uint64_t optional_number(const std::string& key, std::uint64_t low,
                                std::uint64_t high) const;
  /// The value that `parse` makes of the text.
  template <typename Value>
  Value named(const std::string& key, Value (*parse)(std::string_view)) const {
    try {
      return parse(text(key));
    } catch (const Error& e) {
      damaged(e.what());
    }
  }
  /// A JSON array of small integers, or of arrays of them; one integer is a row of one.
  std::vector<std::vector<int>> integers(const std::string& key) const;

  const TensorView& tensor(const std::string& key, DType type, std::size_t dimensions) const;
  /// Copies a tensor of f32 or f64 to where there is room for it.
  void copy_finite(const std::string& key, const TensorView& view, float* target) const;
  void copy_finite(const std::string& key, const TensorView& view, double* target) const;
  std::vector<double> vector(const std::string& key, std::int64_t size = -1) const;
  std::vector<double> sorted(const std::string& key, std::int64_t size) const;
  /// A tensor [size] of i64.
  std::vector<std::int64_t> whole_numbers(const std::string& key, std::int64_t size) const;
  double scalar(const std::string& key, double low, double high) const;
  /// 0 where there is no such tensor.
  double optional_scalar(const std::string& key, double low, double high) const;

 private:
  void check_identity() const;
  void check_seal() const;

  const SafetensorsFile& file_;
  FileKind kind_;
};

}  // namespace mvga
