// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Reading and writing the safetensors format (https://huggingface.co/docs/safetensors):
// 8 bytes little-endian header length, a JSON header, then the tensors' bytes without gaps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/io/byte_stream.h"

namespace mvga {

/// What a weights file may have at most; the largest that we know has 0.3 GB.
inline constexpr std::uint64_t kLargestWeights = 1'000'000'000;

enum class DType { f16, bf16, f32, f64, i64, u8 };

std::size_t size_of(DType type);
std::string_view name_of(DType type);

/// One tensor of a file: a view into the bytes that SafetensorsFile owns.
struct TensorView {
  DType type = DType::f32;
  std::vector<std::int64_t> shape;
  std::span<const std::byte> bytes;  ///< row-major, little-endian; may be unaligned

  std::int64_t elements() const;
};

/// A safetensors file, held in memory and checked as a whole: header length, JSON, types, shapes,
/// and that the tensors fill the data part exactly, without gap or overlap.
/// Immutable, so safe to read from several threads. Movable; a copy would have views into the
/// original's bytes, so there is none.
class SafetensorsFile {
 public:
  SafetensorsFile() = default;
  ~SafetensorsFile() = default;
  SafetensorsFile(const SafetensorsFile&) = delete;
  SafetensorsFile& operator=(const SafetensorsFile&) = delete;
  SafetensorsFile(SafetensorsFile&&) = default;
  SafetensorsFile& operator=(SafetensorsFile&&) = default;

  /// Looks at a file whose data are not read yet: of its tensors it has types and shapes. What it
  /// throws, to refuse the file, leaves `open` as it is.
  using Judge = std::function<void(const SafetensorsFile&)>;

  /// Reads the header, asks `judge`, and only then takes memory for the data: at most `largest`
  /// bytes.
  /// @throws Error not_found, unreadable (the text names the file and what is wrong with it)
  static SafetensorsFile open(const std::filesystem::path& path,
                              std::uint64_t largest = kLargestWeights, const Judge& judge = {});
  /// Parses bytes that are already in memory; `name` stands for the file in error texts.
  static SafetensorsFile parse(std::vector<std::byte> bytes, const std::string& name);

  const std::map<std::string, std::string>& metadata() const { return metadata_; }
  const std::map<std::string, TensorView>& tensors() const { return tensors_; }
  const TensorView* find(const std::string& key) const;
  /// The whole file, for hashing.
  std::span<const std::byte> bytes() const { return bytes_; }
  const std::string& name() const { return name_; }

 private:
  std::string name_;
  std::vector<std::byte> bytes_;
  std::map<std::string, std::string> metadata_;
  std::map<std::string, TensorView> tensors_;
};

/// Collects tensors and turns them into the bytes of a safetensors file. The same input gives the
/// same bytes.
class SafetensorsWriter {
 public:
  void set_metadata(const std::string& key, const std::string& value) { metadata_[key] = value; }
  /// Copies `data`, whose size must be what type and shape say.
  void add(const std::string& key, DType type, std::vector<std::int64_t> shape,
           std::span<const std::byte> data);
  /// For a tensor that had better not be in memory as a whole. `source` is asked when the file is
  /// written and must give as many bytes as type and shape say.
  void add_streamed(const std::string& key, DType type, std::vector<std::int64_t> shape,
                    ByteSource source);
  void write(const ByteSink& sink) const;
  std::vector<std::byte> bytes() const;

 private:
  struct Tensor {
    DType type;
    std::vector<std::int64_t> shape;
    std::uint64_t size;
    ByteSource source;
  };
  std::string header() const;

  std::map<std::string, std::string> metadata_;
  std::map<std::string, Tensor> tensors_;
};

}  // namespace mvga
