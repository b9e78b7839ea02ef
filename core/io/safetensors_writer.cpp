// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include <glib.h>

#include <array>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "core/io/safetensors.h"
#include "core/io/safetensors_header.h"

namespace mvga {
namespace {

std::uint64_t checked_size(const std::string& key, DType type,
                           const std::vector<std::int64_t>& shape) {
  if (key == "__metadata__" ||
      !g_utf8_validate(key.data(), static_cast<gssize>(key.size()), nullptr)) {
    throw std::logic_error("SafetensorsWriter::add: not a name for a tensor");
  }
  try {
    return byte_size(type, shape);
  } catch (const HeaderProblem& problem) {
    throw std::logic_error("SafetensorsWriter::add: " + key + ": " + problem.what());
  }
}

[[noreturn]] void wrong_size(const std::string& key, std::uint64_t size, std::uint64_t expected) {
  throw std::logic_error("SafetensorsWriter::add: " + key + ": " + std::to_string(size) +
                         " bytes of data, " + std::to_string(expected) + " by type and shape");
}

}  // namespace

void SafetensorsWriter::add(const std::string& key, DType type, std::vector<std::int64_t> shape,
                            std::span<const std::byte> data) {
  const std::uint64_t expected = checked_size(key, type, shape);
  if (data.size() != expected) wrong_size(key, data.size(), expected);
  add_streamed(key, type, std::move(shape),
               [copy = std::vector<std::byte>(data.begin(), data.end())](const ByteSink& sink) {
                 sink(copy);
               });
}

void SafetensorsWriter::add_streamed(const std::string& key, DType type,
                                     std::vector<std::int64_t> shape, ByteSource source) {
  const std::uint64_t size = checked_size(key, type, shape);
  const bool added =
      tensors_.try_emplace(key, Tensor{type, std::move(shape), size, std::move(source)}).second;
  if (!added) throw std::logic_error("SafetensorsWriter::add: " + key + " is there already");
}

std::string SafetensorsWriter::header() const {
  // Objects of nlohmann::json are sorted by key, and so is the data: the order is always the same.
  nlohmann::json header = nlohmann::json::object();
  if (!metadata_.empty()) header["__metadata__"] = metadata_;
  std::uint64_t data_size = 0;
  for (const auto& [key, tensor] : tensors_) {
    const std::uint64_t end = data_size + tensor.size;
    header[key] = {{"dtype", name_of(tensor.type)},
                   {"shape", tensor.shape},
                   {"data_offsets", {data_size, end}}};
    data_size = end;
  }
  // Metadata may hold a file name in an encoding of its own: replaced, because JSON is UTF-8.
  std::string text = header.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  text.resize((text.size() + 7) / 8 * 8, ' ');
  return text;
}

void SafetensorsWriter::write(const ByteSink& sink) const {
  const std::string text = header();
  std::array<std::byte, 8> length{};
  for (std::size_t i = 0; i < length.size(); ++i)
    length[i] = static_cast<std::byte>(std::uint64_t{text.size()} >> (8 * i));
  sink(length);
  sink(std::as_bytes(std::span(text)));
  for (const auto& [key, tensor] : tensors_) {
    std::uint64_t size = 0;
    tensor.source([&](std::span<const std::byte> bytes) {
      size += bytes.size();
      sink(bytes);
    });
    if (size != tensor.size) wrong_size(key, size, tensor.size);
  }
}

std::vector<std::byte> SafetensorsWriter::bytes() const {
  std::vector<std::byte> file;
  write([&](std::span<const std::byte> bytes) {
    file.insert(file.end(), bytes.begin(), bytes.end());
  });
  return file;
}

}  // namespace mvga
