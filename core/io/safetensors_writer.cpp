// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include <glib.h>

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "core/io/safetensors.h"
#include "core/io/safetensors_header.h"

namespace mvga {
namespace {

void check(const std::string& key, DType type, const std::vector<std::int64_t>& shape,
           std::size_t size) {
  if (key == "__metadata__" ||
      !g_utf8_validate(key.data(), static_cast<gssize>(key.size()), nullptr)) {
    throw std::logic_error("SafetensorsWriter::add: not a name for a tensor");
  }
  std::uint64_t expected = 0;
  try {
    expected = byte_size(type, shape);
  } catch (const HeaderProblem& problem) {
    throw std::logic_error("SafetensorsWriter::add: " + key + ": " + problem.what());
  }
  if (size != expected) {
    throw std::logic_error("SafetensorsWriter::add: " + key + ": " + std::to_string(size) +
                           " bytes of data, " + std::to_string(expected) + " by type and shape");
  }
}

}  // namespace

void SafetensorsWriter::add(const std::string& key, DType type, std::vector<std::int64_t> shape,
                            std::span<const std::byte> data) {
  check(key, type, shape, data.size());
  const bool added =
      tensors_.try_emplace(key, Tensor{type, std::move(shape), {data.begin(), data.end()}}).second;
  if (!added) throw std::logic_error("SafetensorsWriter::add: " + key + " is there already");
}

std::vector<std::byte> SafetensorsWriter::bytes() const {
  // Objects of nlohmann::json are sorted by key, and so is the data: the order is always the same.
  nlohmann::json header = nlohmann::json::object();
  if (!metadata_.empty()) header["__metadata__"] = metadata_;
  std::size_t data_size = 0;
  for (const auto& [key, tensor] : tensors_) {
    const std::size_t end = data_size + tensor.data.size();
    header[key] = {{"dtype", name_of(tensor.type)},
                   {"shape", tensor.shape},
                   {"data_offsets", {data_size, end}}};
    data_size = end;
  }
  // Metadata may hold a file name in an encoding of its own: replaced, because JSON is UTF-8.
  std::string text = header.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  text.resize((text.size() + 7) / 8 * 8, ' ');

  std::vector<std::byte> file;
  file.reserve(8 + text.size() + data_size);
  for (int i = 0; i < 8; ++i) {
    file.push_back(static_cast<std::byte>(std::uint64_t{text.size()} >> (8 * i)));
  }
  for (const char c : text) file.push_back(static_cast<std::byte>(c));
  for (const auto& [key, tensor] : tensors_) {
    file.insert(file.end(), tensor.data.begin(), tensor.data.end());
  }
  return file;
}

}  // namespace mvga
