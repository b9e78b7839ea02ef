// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/commands/parts.h"

#include <algorithm>
#include <cinttypes>
#include <cstdio>

#include "core/base/error.h"
#include "core/base/plain_text.h"

namespace mvga::tool {

void order_shards(Parts& parts) {
  Parts ordered;
  const auto same_set = [](const StatisticsInfo& a, const StatisticsInfo& b) {
    return a.place && b.place && a.place->set == b.place->set;
  };
  for (const StatisticsInfo& part : parts) {
    const auto comes_after = [&](const StatisticsInfo& other) {
      return same_set(part, other) && part.place->begin < other.place->begin;
    };
    auto at = std::find_if(ordered.begin(), ordered.end(), comes_after);
    if (at == ordered.end()) {
      const auto last = std::find_if(ordered.rbegin(), ordered.rend(),
                                     [&](const auto& other) { return same_set(part, other); });
      at = last == ordered.rend() ? ordered.end() : last.base();
    }
    ordered.insert(at, part);
  }
  parts = std::move(ordered);
}

void check_shards(const Parts& parts) {
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const StatisticsInfo& before = parts[i - 1];
    const StatisticsInfo& part = parts[i];
    if (!before.place || !part.place || before.place->set != part.place->set) continue;
    if (part.place->begin < before.place->end)
      throw Error(ErrorKind::settings, before.name + " and " + part.name +
                                           " have pictures in common: the same shard twice?");
    if (part.place->begin > before.place->end)
      std::fprintf(stderr,
                   "warning: between %s and %s, pictures %" PRIu64 " to %" PRIu64
                   " are missing: a shard that was left out?\n",
                   one_line(before.name).c_str(), one_line(part.name).c_str(), before.place->end,
                   part.place->begin - 1);
  }
}

void warn_of_twins(const Parts& parts) {
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto earlier =
        std::find_if(parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(i),
                     [&](const auto& part) { return part.sha256 == parts[i].sha256; });
    if (earlier != parts.begin() + static_cast<std::ptrdiff_t>(i))
      std::fprintf(stderr,
                   "warning: %s is a copy of %s: its pictures are learned twice, and count once in "
                   "what is promised\n",
                   one_line(parts[i].name).c_str(), one_line(earlier->name).c_str());
  }
}

}  // namespace mvga::tool
