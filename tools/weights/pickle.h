// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The pickles in files that PyTorch writes, without what makes pickles dangerous: a pickle is a
// program, and this runs only the few instructions that tables of tensors are made of. Names are
// looked up in a short list of types; nothing is imported and nothing is called.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <stdexcept>
#include <string_view>
#include <variant>
#include <vector>

#include "core/io/safetensors.h"

namespace mvga::tool {

/// Where the numbers of tensors are: further on in the file.
struct PickledStorage {
  DType type = DType::f32;
  std::string_view key;
  std::int64_t elements = 0;
};

/// A view of numbers in a storage. Not checked against it.
struct PickledTensor {
  PickledStorage storage;
  std::int64_t offset = 0;
  std::vector<std::int64_t> shape;
  std::vector<std::int64_t> strides;
};

/// A dictionary by names. What is neither a tensor nor a number is only counted.
struct PickledTable {
  std::map<std::string_view, std::shared_ptr<const PickledTensor>> tensors;
  std::map<std::string_view, std::int64_t> numbers;  ///< and truths, as 0 and 1
  std::size_t others = 0;
};

using PickledTexts = std::vector<std::string_view>;

/// What a pickle comes down to: a number, a table, or a list of texts.
using Pickled =
    std::variant<std::int64_t, std::shared_ptr<PickledTable>, std::shared_ptr<PickledTexts>>;

/// It is not a pickle of this kind. The text says what is wrong, not where.
class BadPickle : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Reads the pickle at the beginning of `bytes` and takes it off. Texts are views into the bytes.
/// @throws BadPickle
Pickled unpickle(std::span<const std::byte>& bytes);

}  // namespace mvga::tool
