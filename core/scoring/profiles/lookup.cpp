// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/profiles/lookup.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/printable.h"

namespace mvga {
namespace {

const ListedProfile& listed(Profile profile) {
  return *std::ranges::find(profiles(), profile, &ListedProfile::profile);
}

/// "a, b or c"
std::string alternatives(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 < names.size() ? ", " : " or ";
    text += names[i];
  }
  return text;
}

}  // namespace

const ProfileSteps& steps_of(Profile profile) {
  return *listed(profile).steps;
}

std::string_view name_of(Profile profile) {
  return listed(profile).name;
}

std::string_view unit_of(Profile profile) {
  return listed(profile).unit;
}

Profile profile_from(std::string_view name) {
  for (const ListedProfile& p : profiles())
    if (name == p.name) return p.profile;
  throw Error(ErrorKind::settings,
              "unknown profile '" + printable(name) + "': use " + alternatives(profile_names()));
}

std::string_view name_in_models(Profile profile) {
  return listed(profile).name_in_models;
}

Profile profile_in_models(std::string_view name) {
  for (const ListedProfile& p : profiles())
    if (name == p.name_in_models) return p.profile;
  throw Error(ErrorKind::settings, "profile '" + printable(name) +
                                       "' is not one of this version; use the one that learned it");
}

std::vector<std::string> profile_names() {
  std::vector<std::string> names;
  for (const ListedProfile& p : profiles()) names.emplace_back(p.name);
  std::ranges::sort(names);
  return names;
}

}  // namespace mvga
