// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/torch/architecture.h"

#include <map>
#include <utility>

#include "core/base/error.h"

namespace mvga {
namespace {

/// Inside a function, so that it is there before the first static object registers.
std::map<std::string, Architecture>& registry() {
  static std::map<std::string, Architecture> architectures;
  return architectures;
}

}  // namespace

RegisterArchitectures::RegisterArchitectures(std::vector<Architecture> architectures) {
  for (Architecture& each : architectures) {
    const std::string name = each.name;
    registry().emplace(name, std::move(each));
  }
}

const Architecture& find_architecture(const std::string& name) {
  const auto found = registry().find(name);
  if (found != registry().end()) return found->second;
  std::string known;
  for (const std::string& each : architecture_names()) known += (known.empty() ? "" : ", ") + each;
  throw Error(ErrorKind::settings, "unknown backbone '" + name + "'; known are " + known);
}

std::vector<std::string> architecture_names() {
  std::vector<std::string> names;
  for (const auto& [name, _] : registry()) names.push_back(name);
  return names;
}

}  // namespace mvga
