// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "examples/watch/ground_truth.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "examples/watch/describe.h"

namespace watch {
namespace {

using nlohmann::json;

bool touch(const Region& a, const Region& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

bool finds(const Event& event, const Planted& defect) {
  if (event.start > defect.end || event.end < defect.start) return false;
  return event.regions.empty() || std::ranges::any_of(event.regions, [&](const Region& region) {
           return std::ranges::any_of(defect.boxes,
                                      [&](const Region& box) { return touch(region, box); });
         });
}

Planted planted(const json& defect, double width, double height) {
  Planted p{defect.at("kind"), defect.at("start"), defect.at("end"), {}};
  for (const json& box : defect.at("boxes"))
    p.boxes.push_back({box.at("x").get<double>() / width, box.at("y").get<double>() / height,
                       box.at("width").get<double>() / width,
                       box.at("height").get<double>() / height});
  return p;
}

std::string found_by(const Event& event) {
  return describe(event) + (event.regions.empty() ? ", place not marked" : "");
}

std::string line(const Planted& defect) {
  char text[80];
  std::snprintf(text, sizeof text, "  %-18s %5.1f s to %5.1f s: ", defect.kind.c_str(),
                defect.start, defect.end);
  return text;
}

}  // namespace

std::vector<Planted> load_ground_truth(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error(path + ": no such file, or it cannot be read");
  try {
    const json all = json::parse(file);
    std::vector<Planted> defects;
    for (const json& defect : all.at("defects"))
      defects.push_back(planted(defect, all.at("width"), all.at("height")));
    return defects;
  } catch (const json::exception& e) {
    throw std::runtime_error(path + ": not a ground truth of mvga-inspection-line: " + e.what());
  }
}

std::size_t Comparison::found() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(lines, [](const Line& line) { return line.event.has_value(); }));
}

Comparison compare(const std::vector<Planted>& defects, const std::vector<Event>& events) {
  Comparison result;
  for (const Planted& defect : defects) {
    const auto event =
        std::ranges::find_if(events, [&](const Event& e) { return finds(e, defect); });
    result.lines.push_back(
        {defect, event == events.end() ? std::nullopt : std::optional<Event>(*event)});
  }
  std::ranges::copy_if(events, std::back_inserter(result.false_events), [&](const Event& event) {
    return std::ranges::none_of(defects, [&](const Planted& d) { return finds(event, d); });
  });
  return result;
}

std::string describe(const Comparison& comparison) {
  std::string text = "Against the ground truth:\n";
  for (const Comparison::Line& each : comparison.lines)
    text += line(each.defect) + (each.event ? found_by(*each.event) : "missed") + "\n";
  for (const Event& event : comparison.false_events)
    text += "  nothing is wrong at " + describe(event) + "\n";
  char sums[80];
  std::snprintf(sums, sizeof sums, "%zu of %zu defects found, %zu false event%s\n",
                comparison.found(), comparison.lines.size(), comparison.false_events.size(),
                comparison.false_events.size() == 1 ? "" : "s");
  return text + sums;
}

}  // namespace watch
