// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/io/fields.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <nlohmann/json.hpp>

#include "core/base/printable.h"
#include "core/io/seal.h"

namespace mvga {
namespace {

constexpr int kLargestInteger = 16384;
constexpr std::size_t kMostRows = 64;
constexpr std::size_t kLongestText = 4096;

template <typename T>
bool copy_if_finite(const TensorView& view, T* target) {
  if (view.bytes.empty()) return true;
  std::memcpy(target, view.bytes.data(), view.bytes.size());
  const std::size_t count = view.bytes.size() / sizeof(T);
  return std::all_of(target, target + count, [](T v) { return std::isfinite(v); });
}

std::string shown(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%g", value);
  return text.data();
}

}  // namespace

SafetensorsFile Fields::open(const std::filesystem::path& path, const FileKind& kind) {
  return SafetensorsFile::open(path, kind.largest, [&kind](const SafetensorsFile& file) {
    Fields(file, kind).check_identity();
  });
}

void Fields::refuse(const std::string& what) const {
  throw Error(ErrorKind::unreadable, file_.name() + ": " + what);
}

void Fields::damaged(const std::string& what) const {
  std::string text = "damaged ";
  refuse(text.append(kind_.name).append(": ").append(what).append("; ").append(kind_.repair));
}

void Fields::check() const {
  check_identity();
  check_seal();
}

void Fields::check_identity() const {
  const auto format = file_.metadata().find("format");
  if (format == file_.metadata().end() || format->second != kind_.format)
    refuse(std::string(kind_.not_of_it));
  const std::string& version = text("format_version");
  const std::string wanted = std::to_string(kind_.version);
  if (version != wanted) {
    std::string problem(kind_.name);
    refuse(problem.append(" format version ")
               .append(printable(version))
               .append(", but this mvga reads version ")
               .append(wanted)
               .append("; ")
               .append(kind_.anew)
               .append(", or update mvga"));
  }
}

void Fields::check_seal() const {
  const Seal seal = mvga::check_seal(file_);
  if (seal == Seal::missing) damaged("its checksum is missing");
  if (seal == Seal::broken) damaged("its checksum does not match");
}

bool Fields::has(const std::string& key) const {
  return file_.metadata().contains(key);
}

bool Fields::has_tensor(const std::string& key) const {
  return file_.find(key) != nullptr;
}

const std::string& Fields::text(const std::string& key) const {
  const auto it = file_.metadata().find(key);
  if (it == file_.metadata().end()) damaged("'" + key + "' is missing");
  if (it->second.size() > kLongestText) damaged("'" + key + "' is too long");
  if (printable(it->second, kLongestText) != it->second)
    damaged("'" + key + "' is '" + printable(it->second) + "'");
  return it->second;
}

std::uint64_t Fields::number(const std::string& key, std::uint64_t low, std::uint64_t high) const {
  const std::string& digits = text(key);
  const bool valid =
      !digits.empty() && digits.size() < 20 &&
      std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  const std::uint64_t value = valid ? std::stoull(digits) : 0;
  if (!valid || value < low || value > high)
    damaged("'" + key + "' is '" + printable(digits) + "'");
  return value;
}

std::vector<std::vector<int>> Fields::integers(const std::string& key) const {
  const auto json = nlohmann::json::parse(text(key), nullptr, false);
  std::vector<std::vector<int>> rows;
  const auto integer = [&](const nlohmann::json& j) {
    if (!j.is_number_integer() || j < 0 || j > kLargestInteger) damaged("'" + key + "'");
    return j.get<int>();
  };
  if (!json.is_array() || json.empty() || json.size() > kMostRows) damaged("'" + key + "'");
  for (const auto& row : json) {
    rows.emplace_back();
    if (!row.is_array()) {
      rows.back().push_back(integer(row));
      continue;
    }
    for (const auto& j : row) rows.back().push_back(integer(j));
  }
  return rows;
}

const TensorView& Fields::tensor(const std::string& key, DType type, std::size_t dimensions) const {
  const TensorView* view = file_.find(key);
  if (view == nullptr) damaged("tensor '" + key + "' is missing");
  if (view->type != type || view->shape.size() != dimensions)
    damaged("tensor '" + key + "' has the wrong type or shape");
  return *view;
}

void Fields::copy_finite(const std::string& key, const TensorView& view, float* target) const {
  if (!copy_if_finite(view, target))
    damaged("tensor '" + key + "' has numbers that are not finite");
}

void Fields::copy_finite(const std::string& key, const TensorView& view, double* target) const {
  if (!copy_if_finite(view, target))
    damaged("tensor '" + key + "' has numbers that are not finite");
}

std::vector<double> Fields::vector(const std::string& key, std::int64_t size) const {
  const TensorView& view = tensor(key, DType::f64, 1);
  if ((size >= 0 && view.shape[0] != size) || view.shape[0] == 0)
    damaged("tensor '" + key + "' has the wrong length");
  std::vector<double> values(static_cast<std::size_t>(view.shape[0]));
  copy_finite(key, view, values.data());
  return values;
}

std::vector<double> Fields::sorted(const std::string& key, std::int64_t size) const {
  std::vector<double> values = vector(key, size);
  if (!std::is_sorted(values.begin(), values.end())) damaged("'" + key + "' is not sorted");
  return values;
}

std::vector<std::int64_t> Fields::whole_numbers(const std::string& key, std::int64_t size) const {
  const TensorView& view = tensor(key, DType::i64, 1);
  if (view.shape[0] != size) damaged("tensor '" + key + "' has the wrong length");
  std::vector<std::int64_t> values(static_cast<std::size_t>(size));
  if (size > 0) std::memcpy(values.data(), view.bytes.data(), view.bytes.size());
  return values;
}

double Fields::scalar(const std::string& key, double low, double high) const {
  double value = 0;
  copy_finite(key, tensor(key, DType::f64, 0), &value);
  if (value < low || value > high)
    damaged("'" + key + "' is " + shown(value) + ", out of range (" + shown(low) + " to " +
            shown(high) + ")");
  return value;
}

std::uint64_t Fields::optional_number(const std::string& key, std::uint64_t low,
                                      std::uint64_t high) const {
  return file_.metadata().contains(key) ? number(key, low, high) : 0;
}

double Fields::optional_scalar(const std::string& key, double low, double high) const {
  return has_tensor(key) ? scalar(key, low, high) : 0;
}

}  // namespace mvga
