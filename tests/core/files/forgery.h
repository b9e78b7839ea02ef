// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A sealed safetensors file, to be changed at will and written with a checksum that is right: as
// somebody would who wants to do harm.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/sha256.h"
#include "core/io/safetensors.h"

namespace mvga::test {

struct ForgedTensor {
  DType type = DType::f64;
  std::vector<std::int64_t> shape;
  std::vector<std::byte> data;
};

struct Forgery {
  std::map<std::string, std::string> metadata;
  std::map<std::string, ForgedTensor> tensors;

  explicit Forgery(const SafetensorsFile& file) : metadata(file.metadata()) {
    for (const auto& [key, view] : file.tensors())
      tensors[key] = {view.type, view.shape, {view.bytes.begin(), view.bytes.end()}};
  }

  /// Without a checksum where its metadata was erased.
  std::vector<std::byte> bytes() const {
    const std::string zeros(64, '0');
    SafetensorsWriter writer;
    for (const auto& [key, value] : metadata)
      writer.set_metadata(key, key == "sha256" ? zeros : value);
    for (const auto& [key, t] : tensors) writer.add(key, t.type, t.shape, t.data);
    std::vector<std::byte> bytes = writer.bytes();
    const std::string digest = sha256_hex(bytes);
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    const std::size_t at = text.find(R"("sha256":")" + zeros);
    if (at != std::string_view::npos) std::memcpy(bytes.data() + at + 10, digest.data(), 64);
    return bytes;
  }

  template <typename T>
  void set(const std::string& key, std::size_t index, T value) {
    std::memcpy(tensors.at(key).data.data() + index * sizeof(T), &value, sizeof(T));
  }
};

}  // namespace mvga::test
