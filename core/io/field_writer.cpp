// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/io/field_writer.h"

#include <cstddef>
#include <utility>

#include "core/base/version.h"
#include "core/io/seal.h"

namespace mvga {

FieldWriter::FieldWriter(const FileKind& kind) {
  text("format", kind.format);
  number("format_version", static_cast<std::uint64_t>(kind.version));
  text("written_by", "mvga " MVGA_VERSION);
}

void FieldWriter::text(const std::string& key, std::string_view value) {
  file_.set_metadata(key, std::string(value));
}

void FieldWriter::number(const std::string& key, std::uint64_t value) {
  file_.set_metadata(key, std::to_string(value));
}

void FieldWriter::tensor(const std::string& key, DType type, std::vector<std::int64_t> shape,
                         const void* data) {
  std::size_t size = size_of(type);
  for (const std::int64_t side : shape) size *= static_cast<std::size_t>(side);
  file_.add(key, type, std::move(shape), {static_cast<const std::byte*>(data), size});
}

void FieldWriter::streamed(const std::string& key, DType type, std::vector<std::int64_t> shape,
                           ByteSource source) {
  file_.add_streamed(key, type, std::move(shape), std::move(source));
}

void FieldWriter::scalar(const std::string& key, double value) {
  tensor(key, DType::f64, {}, &value);
}

void FieldWriter::vector(const std::string& key, const std::vector<double>& values) {
  tensor(key, DType::f64, {static_cast<std::int64_t>(values.size())}, values.data());
}

void FieldWriter::whole_numbers(const std::string& key, const std::vector<std::int64_t>& values) {
  tensor(key, DType::i64, {static_cast<std::int64_t>(values.size())}, values.data());
}

const SafetensorsWriter& FieldWriter::sealed() {
  seal(file_);
  return file_;
}

}  // namespace mvga
