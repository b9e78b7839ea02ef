// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/io/safetensors_header.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "core/base/printable.h"

namespace mvga {
namespace {

constexpr std::string_view metadata_key = "__metadata__";

/// A string of the file as it may appear in an error text.
std::string shown(const std::string& text) {
  return "\"" + printable(text) + "\"";
}

void require_at_most(std::size_t most, std::size_t count, const char* what) {
  if (count > most) throw HeaderProblem("there are more than " + std::to_string(most) + " " + what);
}

DType dtype_from(const std::string& name) {
  for (const DType type :
       {DType::f16, DType::bf16, DType::f32, DType::f64, DType::i64, DType::u8}) {
    if (name == name_of(type)) return type;
  }
  throw HeaderProblem("type " + shown(name) + " is not one of F16, BF16, F32, F64, I64, U8");
}

/// Follows the JSON events through the only nesting that the format knows. Each handler answers
/// true (go on) or throws.
class HeaderReader final : public nlohmann::json_sax<nlohmann::json> {
 public:
  SafetensorsHeader take() { return std::move(header_); }

  bool start_object(std::size_t) override {
    if (place_ == Place::outside) {
      place_ = Place::header;
    } else if (place_ == Place::header) {
      place_ = name_ == metadata_key ? Place::metadata : Place::tensor;
      fields_ = {};
    } else {
      misplaced("an object");
    }
    return true;
  }

  bool key(std::string& key) override {
    if (place_ == Place::header) {
      const bool seen = key == metadata_key ? has_metadata_ : header_.tensors.contains(key);
      if (seen) throw HeaderProblem(shown(key) + " appears twice");
      has_metadata_ = has_metadata_ || key == metadata_key;
      name_ = key;
    } else if (place_ == Place::metadata && header_.metadata.contains(key)) {
      throw HeaderProblem("metadata " + shown(key) + " appears twice");
    }
    field_ = key;
    return true;
  }

  bool string(std::string& value) override {
    if (place_ == Place::metadata) {
      header_.metadata.emplace(field_, std::move(value));
      require_at_most(most_metadata, header_.metadata.size(), "entries of metadata");
    } else if (place_ == Place::tensor && field_ == "dtype") {
      set_once(fields_.type, dtype_from(value));
    } else {
      misplaced("a string");
    }
    return true;
  }

  bool start_array(std::size_t) override {
    if (place_ == Place::tensor && field_ == "shape") {
      set_once(fields_.shape, {});
      place_ = Place::shape;
    } else if (place_ == Place::tensor && field_ == "data_offsets") {
      set_once(fields_.offsets, {});
      place_ = Place::offsets;
    } else {
      misplaced("an array");
    }
    return true;
  }

  bool number_unsigned(std::uint64_t value) override {
    if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
      misplaced("a number beyond 63 bits");
    } else if (place_ == Place::shape) {
      fields_.shape->push_back(static_cast<std::int64_t>(value));
      require_at_most(most_dimensions, fields_.shape->size(), "dimensions in a shape");
    } else if (place_ == Place::offsets && fields_.offsets->size() < 2) {
      fields_.offsets->push_back(value);
    } else {
      misplaced("a number");
    }
    return true;
  }

  bool end_array() override {
    place_ = Place::tensor;
    return true;
  }

  bool end_object() override {
    if (place_ == Place::tensor) {
      header_.tensors.emplace(name_, finished_entry());
      require_at_most(most_tensors, header_.tensors.size(), "tensors");
    }
    place_ = place_ == Place::header ? Place::outside : Place::header;
    return true;
  }

  bool null() override { return misplaced("null"); }
  bool boolean(bool) override { return misplaced("a boolean"); }
  bool number_integer(std::int64_t) override { return misplaced("a negative number"); }
  bool number_float(double, const std::string&) override {
    return misplaced("a number that is not a whole one of at most 63 bits");
  }
  bool binary(nlohmann::json::binary_t&) override { return misplaced("binary data"); }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::json::exception&) override {
    throw HeaderProblem("not valid JSON at byte " + std::to_string(position));
  }

 private:
  enum class Place { outside, header, metadata, tensor, shape, offsets };

  struct Fields {
    std::optional<DType> type;
    std::optional<std::vector<std::int64_t>> shape;
    std::optional<std::vector<std::uint64_t>> offsets;
  };

  [[noreturn]] bool misplaced(const std::string& what) const {
    if (place_ == Place::outside) throw HeaderProblem("the header is " + what + ", not an object");
    std::string where = shown(name_);
    if (place_ != Place::header) where += ", " + shown(field_);
    throw HeaderProblem(where + ": " + what + " is not expected there");
  }

  template <typename T>
  void set_once(std::optional<T>& field, T value) {
    if (field) throw HeaderProblem(shown(name_) + ", " + shown(field_) + " appears twice");
    field = std::move(value);
  }

  TensorEntry finished_entry() {
    if (!fields_.type || !fields_.shape || !fields_.offsets || fields_.offsets->size() != 2) {
      throw HeaderProblem("tensor " + shown(name_) +
                          " lacks its dtype, its shape or its two data_offsets");
    }
    return {*fields_.type, std::move(*fields_.shape), fields_.offsets->front(),
            fields_.offsets->back()};
  }

  SafetensorsHeader header_;
  Place place_ = Place::outside;
  bool has_metadata_ = false;
  std::string name_;   // the tensor, or "__metadata__"
  std::string field_;  // the key inside it
  Fields fields_;
};

void check_size(const std::string& name, const TensorEntry& entry) {
  if (entry.begin > entry.end) {
    throw HeaderProblem("tensor " + shown(name) + " ends before it begins");
  }
  std::uint64_t expected = 0;
  try {
    expected = byte_size(entry.type, entry.shape);
  } catch (const HeaderProblem& problem) {
    throw HeaderProblem("tensor " + shown(name) + ": " + problem.what());
  }
  if (entry.end - entry.begin != expected) {
    throw HeaderProblem("tensor " + shown(name) + " takes " + std::to_string(expected) +
                        " bytes by its shape, but " + std::to_string(entry.end - entry.begin) +
                        " by its offsets");
  }
}

/// Returns where the last tensor ends.
std::uint64_t check_layout(const std::map<std::string, TensorEntry>& tensors) {
  std::vector<const std::pair<const std::string, TensorEntry>*> in_order;
  in_order.reserve(tensors.size());
  for (const auto& item : tensors) in_order.push_back(&item);
  std::ranges::sort(in_order, {}, [](const auto* item) {
    return std::pair(item->second.begin, item->second.end);
  });
  std::uint64_t filled = 0;
  for (const auto* item : in_order) {
    const auto& [name, entry] = *item;
    if (entry.begin != filled) {
      throw HeaderProblem("there is " + std::string(entry.begin < filled ? "an overlap" : "a gap") +
                          " before tensor " + shown(name));
    }
    filled = entry.end;
  }
  return filled;
}

}  // namespace

SafetensorsHeader parse_safetensors_header(std::string_view json) {
  require_at_most(longest_header, json.size(), "bytes in the header");
  if (!json.starts_with('{')) throw HeaderProblem("the header does not begin with '{'");
  HeaderReader reader;
  nlohmann::json::sax_parse(json.begin(), json.end(), &reader);
  SafetensorsHeader header = reader.take();
  for (const auto& [name, entry] : header.tensors) check_size(name, entry);
  header.data_size = check_layout(header.tensors);
  return header;
}

std::uint64_t byte_size(DType type, const std::vector<std::int64_t>& shape) {
  auto size = static_cast<std::int64_t>(size_of(type));
  for (const std::int64_t dimension : shape) {
    if (dimension < 0) throw HeaderProblem("a dimension is negative");
    if (__builtin_mul_overflow(size, dimension, &size)) {
      throw HeaderProblem("its size does not fit 63 bits");
    }
  }
  return static_cast<std::uint64_t>(size);
}

}  // namespace mvga
