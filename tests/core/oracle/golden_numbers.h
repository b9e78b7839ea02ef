// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Numbers that the oracle left in a safetensors file.
#pragma once

#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/io/safetensors.h"

namespace mvga::test {

/// The tensor's elements, row by row; T is what they are stored as.
template <typename T>
std::vector<T> numbers(const SafetensorsFile& file, const std::string& key) {
  const TensorView* view = file.find(key);
  if (view == nullptr) throw std::runtime_error(file.name() + " has no tensor " + key);
  std::vector<T> values(view->bytes.size() / sizeof(T));
  std::memcpy(values.data(), view->bytes.data(), view->bytes.size());
  return values;
}

}  // namespace mvga::test
