// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "examples/inspection-line/ground_truth.h"

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace film {
namespace {

int whole(double value) {
  return static_cast<int>(std::lround(value));
}

}  // namespace

void GroundTruth::add(int frame, const std::vector<Sighting>& sightings) {
  for (const Sighting& s : sightings) {
    const auto at = defects_.try_emplace(s.part->serial, Defect{*s.part->defect, {}}).first;
    at->second.boxes.push_back({frame, s.box});
  }
}

void GroundTruth::save(const std::string& path) const {
  using Json = nlohmann::ordered_json;
  const auto seconds = [&](int frame) { return std::round(1000.0 * frame / settings_.fps) / 1000; };
  Json defects = Json::array();
  for (const auto& [serial, defect] : defects_) {
    Json boxes = Json::array();
    for (const FrameBox& b : defect.boxes)
      boxes.push_back({{"frame", b.frame},
                       {"x", whole(b.box.x)},
                       {"y", whole(b.box.y)},
                       {"width", whole(b.box.width)},
                       {"height", whole(b.box.height)}});
    const int first = defect.boxes.front().frame;
    const int last = defect.boxes.back().frame;
    defects.push_back({{"kind", name_of(defect.kind)},
                       {"serial", serial},
                       {"first_frame", first},
                       {"last_frame", last},
                       {"start", seconds(first)},
                       {"end", seconds(last + 1)},
                       {"boxes", boxes}});
  }
  const Json all = {{"film", settings_.output},
                    {"width", settings_.width},
                    {"height", settings_.height},
                    {"fps", settings_.fps},
                    {"frames", settings_.frames()},
                    {"seed", settings_.seed},
                    {"good_frames", settings_.good_frames()},
                    {"defects", defects}};
  std::ofstream file(path);
  file << all.dump(2) << '\n';
  file.close();
  if (!file) throw std::runtime_error("cannot write " + path);
}

}  // namespace film
