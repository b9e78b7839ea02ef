// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/features/views.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "core/base/error.h"

namespace mvga {
namespace {

constexpr std::array<std::string_view, 3> kNamesOfViews{"none", "moved", "turned"};

}  // namespace

std::string_view name_of(Views views) {
  return kNamesOfViews.at(static_cast<std::size_t>(views));
}

Views views_from(std::string_view name) {
  const auto* const found = std::find(kNamesOfViews.begin(), kNamesOfViews.end(), name);
  if (found == kNamesOfViews.end())
    throw Error(ErrorKind::settings,
                "there are no views '" + std::string(name) + "': use none, moved or turned");
  return static_cast<Views>(found - kNamesOfViews.begin());
}

}  // namespace mvga
