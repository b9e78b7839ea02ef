// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/defects_config.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/base/error.h"
#include "core/base/plain_text.h"
#include "core/io/small_text.h"

namespace mvga::tool {
namespace {

constexpr std::size_t kLargestConfig = 1 << 20;  // LOCO's have some kilobytes
constexpr int kLargestValue = 255;

/// An entry of the list, and how to complain of it.
class DefectEntry {
 public:
  DefectEntry(const std::filesystem::path& file, std::size_t number, const nlohmann::json& entry)
      : where_(file.string() + ": entry " + std::to_string(number + 1)), entry_(entry) {
    if (!entry.is_object()) fail("is no object");
  }

  int value() const {
    const nlohmann::json& value = field("pixel_value");
    if (!value.is_number_integer() || value < 1 || value > kLargestValue)
      fail("'pixel_value' is no whole number from 1 to 255");
    return value;
  }

  DefectKind kind() const {
    DefectKind kind;
    const nlohmann::json& name = field("defect_name");
    const nlohmann::json& relative = field("relative_saturation");
    const nlohmann::json& threshold = field("saturation_threshold");
    if (!name.is_string()) fail("'defect_name' is no text");
    if (!relative.is_boolean()) fail("'relative_saturation' is neither true nor false");
    if (!threshold.is_number()) fail("'saturation_threshold' is no number");
    kind.name = name;
    kind.relative = relative;
    kind.threshold = threshold;
    if (kind.relative && !(kind.threshold > 0 && kind.threshold <= 1))
      fail("a relative 'saturation_threshold' is a share, above 0 and up to 1");
    if (!kind.relative && !(kind.threshold >= 1 && kind.threshold <= 1e15))
      fail("an absolute 'saturation_threshold' is a count of pixels, at least 1");
    return kind;
  }

  [[noreturn]] void fail(const std::string& what) const {
    throw Error(ErrorKind::unreadable,
                where_ + " " + what + "; take the file as it comes with MVTec LOCO");
  }

 private:
  const nlohmann::json& field(const char* key) const {
    const auto found = entry_.find(key);
    if (found == entry_.end()) fail(std::string("has no '") + key + "'");
    return *found;
  }

  std::string where_;
  const nlohmann::json& entry_;
};

}  // namespace

std::size_t DefectKind::saturation(std::size_t area) const {
  const double enough = relative ? threshold * static_cast<double>(area) : threshold;
  return std::max<std::size_t>(1, std::min(area, static_cast<std::size_t>(enough)));
}

DefectsConfig read_defects_config(const std::filesystem::path& file) {
  const auto list = nlohmann::json::parse(read_small_text(file, kLargestConfig), nullptr, false);
  if (!list.is_array())
    throw Error(ErrorKind::unreadable,
                file.string() +
                    ": is no list (JSON) of defects; take the file as it comes with MVTec LOCO");
  DefectsConfig config;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const DefectEntry entry(file, i, list[i]);
    const int value = entry.value();
    if (!config.emplace(value, entry.kind()).second)
      entry.fail("has the 'pixel_value' of another entry");
  }
  return config;
}

}  // namespace mvga::tool
