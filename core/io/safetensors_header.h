// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The JSON header of a safetensors file: what it may say, and nothing about where it is stored.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/io/safetensors.h"

namespace mvga {

/// What a header may have at most. Ours, and those of networks, are a thousand times smaller; with
/// these, a hostile one takes a few times its own size.
inline constexpr std::uint64_t longest_header = 16'000'000;
inline constexpr std::size_t most_tensors = 50'000;
inline constexpr std::size_t most_metadata = 10'000;
inline constexpr std::size_t most_dimensions = 16;

/// What the header says of one tensor. Its bytes are [begin, end) of the data part.
struct TensorEntry {
  DType type = DType::f32;
  std::vector<std::int64_t> shape;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

struct SafetensorsHeader {
  std::map<std::string, std::string> metadata;
  std::map<std::string, TensorEntry> tensors;
  std::uint64_t data_size = 0;  ///< how long the data part must be
};

/// What is wrong with a header, in a few words. The caller knows the file and names it.
struct HeaderProblem : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Parses a header as a stream, so that a hostile one costs no more memory than what it may
/// validly hold within the limits above; then checks that the tensors fill the data part without
/// gap or overlap.
/// @throws HeaderProblem
SafetensorsHeader parse_safetensors_header(std::string_view json);

/// How many bytes a tensor takes.
/// @throws HeaderProblem if a dimension is negative or the size does not fit 63 bits
std::uint64_t byte_size(DType type, const std::vector<std::int64_t>& shape);

}  // namespace mvga
