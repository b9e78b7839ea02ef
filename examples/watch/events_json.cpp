// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "examples/watch/events_json.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace watch {

void save_json(const Watched& watched, const Settings& settings, const std::string& path) {
  using Json = nlohmann::ordered_json;
  Json events = Json::array();
  for (const Event& e : watched.events) {
    Json regions = Json::array();
    for (const Region& r : e.regions)
      regions.push_back({{"x", r.x}, {"y", r.y}, {"width", r.width}, {"height", r.height}});
    events.push_back({{"id", e.id},
                      {"start", e.start},
                      {"end", e.end},
                      {"peak_score", e.peak_score},
                      {"threshold", e.threshold},
                      {"p_value", e.p_value},
                      {"regions", regions}});
  }
  const Json all = {{"video", settings.video},
                    {"model", settings.model},
                    {"frames", watched.snapshots.frames()},
                    {"events", events}};
  std::ofstream file(path);
  // A file name need not be UTF-8.
  file << all.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
  file.close();
  if (!file) throw std::runtime_error("cannot write " + path);
}

}  // namespace watch
