// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/base/parse_settings.h"

#include <glib.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>

#include "core/base/error.h"
#include "core/base/printable.h"

namespace mvga {
namespace {

std::optional<double> number(const char*& text) {
  char* end = nullptr;
  const double value = g_ascii_strtod(text, &end);
  if (end == text || !std::isfinite(value)) return std::nullopt;
  text = end;
  return value;
}

std::optional<int> level(const char*& text) {
  char* end = nullptr;
  const long value = std::strtol(text, &end, 10);
  if (end == text || value < 0 || value > 99) return std::nullopt;
  text = end;
  return static_cast<int>(value);
}

}  // namespace

std::optional<int> parse_tiles(const std::string& text) {
  if (text == "auto") return std::nullopt;
  const char* at = text.c_str();
  const auto tiles = level(at);
  if (!tiles || *at != '\0' || *tiles > kMostTiles)
    throw Error(ErrorKind::settings, "tiles='" + printable(text) +
                                         "' is no number of tiles: use auto, 0 for none, or 2 to " +
                                         std::to_string(kMostTiles));
  return std::max(1, *tiles);
}

Box parse_roi(const std::string& text) {
  const char* at = text.c_str();
  double values[4];
  bool good = true;
  for (int i = 0; good && i < 4; ++i) {
    const auto value = number(at);
    good = value.has_value() && *at == (i < 3 ? ',' : '\0');
    if (good) values[i] = *value;
    if (*at == ',') ++at;
  }
  const double slack = 1e-9;
  good = good && values[0] >= 0 && values[1] >= 0 && values[2] > 0 && values[3] > 0 &&
         values[0] + values[2] <= 1 + slack && values[1] + values[3] <= 1 + slack;
  if (!good)
    throw Error(ErrorKind::settings, "roi='" + printable(text) +
                                         "' is not a part of the frame: use x,y,w,h in fractions "
                                         "of the frame, such as 0.25,0,0.5,1");
  return {values[0], values[1], values[2], values[3]};
}

std::vector<int> parse_levels(const std::string& text) {
  std::vector<int> levels;
  const char* at = text.c_str();
  bool good = true;
  while (good && *at != '\0') {
    const auto first = level(at);
    auto last = first;
    if (*at == '-') last = level(++at);
    good = first && last && *first <= *last && (levels.empty() || *first > levels.back());
    for (int i = good ? *first : 0; good && i <= *last; ++i) levels.push_back(i);
    if (*at == ',' && at[1] != '\0')
      ++at;
    else
      good = good && *at == '\0';
  }
  if (!good)
    throw Error(ErrorKind::settings, "levels='" + printable(text) +
                                         "' is not an ascending list of levels: use a form such as "
                                         "3-7 or 3,4,6");
  return levels;
}

}  // namespace mvga
