// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/torch/architecture.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/base/error.h"
#include "core/base/printable.h"
#include "models/torch/families.h"

namespace mvga {
namespace {

using Architectures = std::map<std::string, Architecture>;

Architectures all_families() {
  Architectures all;
  for (const auto family : families) {
    for (Architecture& each : family()) {
      std::string name = each.name;
      all.emplace(std::move(name), std::move(each));
    }
  }
  return all;
}

const Architectures& known() {
  static const Architectures architectures = all_families();
  return architectures;
}

}  // namespace

int Architecture::top_stage(int top_level) const {
  int top = 0;
  for (int level = 0; level <= top_level; ++level) top = std::max(top, levels[level].back());
  return top;
}

std::vector<LevelStages> a_level_for_each(int stages) {
  std::vector<LevelStages> levels;
  levels.reserve(static_cast<std::size_t>(stages));
  for (int stage = 0; stage < stages; ++stage) levels.push_back({stage});
  return levels;
}

const Architecture& find_architecture(const std::string& name) {
  const auto found = known().find(name);
  if (found != known().end()) return found->second;
  std::string names;
  for (const std::string& each : architecture_names()) names += (names.empty() ? "" : ", ") + each;
  throw Error(ErrorKind::settings,
              "unknown backbone '" + printable(name) + "'; known are " + names);
}

std::vector<std::string> architecture_names() {
  std::vector<std::string> names;
  for (const auto& [name, _] : known()) names.push_back(name);
  return names;
}

}  // namespace mvga
