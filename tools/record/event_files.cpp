// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/record/event_files.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <nlohmann/json.hpp>
#include <string_view>
#include <system_error>

#include "tools/media/stream_orientation.h"
#include "tools/output/regions_json.h"
#include "tools/record/container.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::string_view kPattern = "mvga-########T#########Z";  // # stands for a digit
constexpr std::string_view kEvent = "-event";
constexpr std::string_view kPart = ".part";

bool is_digit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

bool is_clip_name(std::string_view text) {
  return std::equal(text.begin(), text.end(), kPattern.begin(), kPattern.end(),
                    [](char c, char wanted) { return wanted == '#' ? is_digit(c) : c == wanted; });
}

/// What follows the name of the clip in the name of a file.
bool is_ending(std::string_view text) {
  if (std::find(clip_endings().begin(), clip_endings().end(), text) != clip_endings().end())
    return true;
  if (!text.starts_with(kEvent)) return false;
  text.remove_prefix(kEvent.size());
  const auto digits =
      static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) - text.begin());
  return digits > 0 && (text.substr(digits) == ".json" || text.substr(digits) == ".jpg");
}

std::tm utc(WallClock::time_point time) {
  const std::time_t seconds = WallClock::to_time_t(std::chrono::floor<std::chrono::seconds>(time));
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  return parts;
}

int milliseconds(WallClock::time_point time) {
  const auto whole = std::chrono::floor<std::chrono::seconds>(time);
  return static_cast<int>(
      std::chrono::duration_cast<std::chrono::milliseconds>(time - whole).count());
}

std::string formatted(const char* pattern, WallClock::time_point time) {
  const std::tm t = utc(time);
  std::array<char, 80> text{};
  std::snprintf(text.data(), text.size(), pattern, t.tm_year + 1900, t.tm_mon + 1, t.tm_mday,
                t.tm_hour, t.tm_min, t.tm_sec, milliseconds(time));
  return text.data();
}

std::string iso_time(WallClock::time_point time) {
  return formatted("%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", time);
}

/// To the millisecond, as clips have it.
double seconds(std::uint64_t nanoseconds) {
  return std::round(static_cast<double>(nanoseconds) / 1e6) / 1e3;
}

double seconds_between(std::uint64_t from, std::uint64_t to) {
  return to >= from ? seconds(to - from) : -seconds(from - to);
}

bool is_there(const fs::path& file) {
  std::error_code ignored;
  return fs::exists(file, ignored);
}

Json clips_json(const RecordedEvent& recorded, const fs::path& folder) {
  Json clips = Json::array();
  for (const ClipOfEvent& clip : clips_there(recorded, folder))
    clips.push_back({{"file", clip.file},
                     {"start", seconds(clip.start)},
                     {"event_at", seconds_between(clip.start, recorded.event.start)}});
  return clips;
}

Json picture_of(const RecordedEvent& recorded, const fs::path& folder) {
  const std::string picture = recorded.name + ".jpg";
  return is_there(folder / picture) ? Json(picture) : Json();
}

}  // namespace

std::string clip_name(WallClock::time_point start) {
  return formatted("mvga-%04d%02d%02dT%02d%02d%02d%03dZ", start);
}

std::string event_name(const std::string& clip, std::uint64_t id) {
  return clip + std::string(kEvent) + std::to_string(id);
}

std::string free_clip_name(const fs::path& folder, WallClock::time_point start,
                           const std::string& last) {
  std::string name = clip_name(start);
  const auto taken = [&] {
    return name == last ||
           std::any_of(clip_endings().begin(), clip_endings().end(), [&](std::string_view ending) {
             const fs::path file = folder / std::string(name).append(ending);
             return is_there(file) || is_there(part_file(file));
           });
  };
  while (taken()) name = clip_name(start += std::chrono::milliseconds(1));
  return name;
}

fs::path part_file(const fs::path& file) {
  std::string name = ".";
  name.append(file.filename().string()).append(kPart);
  return file.parent_path() / name;
}

std::string clip_of(const std::string& file_name) {
  const std::string_view name = file_name;
  const std::string_view clip = name.substr(0, kPattern.size());
  if (!is_clip_name(clip) || !is_ending(name.substr(clip.size()))) return {};
  return std::string(clip);
}

void remove_parts(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> parts;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (!name.starts_with('.') || !name.ends_with(kPart)) continue;
    if (!clip_of(name.substr(1, name.size() - 1 - kPart.size())).empty())
      parts.push_back(entry->path());
  }
  for (const fs::path& part : parts) fs::remove(part, error);
}

std::vector<ClipOfEvent> clips_there(const RecordedEvent& recorded, const fs::path& folder) {
  std::vector<ClipOfEvent> clips;
  for (const ClipOfEvent& clip : recorded.clips)
    if (is_there(folder / clip.file)) clips.push_back(clip);
  return clips;
}

std::string event_json(const RecordedEvent& recorded, const fs::path& folder) {
  const Event& e = recorded.event;
  Json json = {{"id", e.id},
               {"start", seconds(e.start)},
               {"end", seconds(e.end)},
               {"start_time", iso_time(recorded.started)},
               {"end_time", iso_time(recorded.ended)},
               {"frames", e.frames},
               {"peak", seconds(recorded.peak_time)},
               {"peak_score", e.peak_score},
               {"p_value", e.peak_p_value},
               {"threshold", recorded.threshold},
               {"regions", regions_json(e.peak_regions)},
               {"model", recorded.model},
               {"picture", picture_of(recorded, folder)},
               {"clips", clips_json(recorded, folder)}};
  if (recorded.orientation != 1) json["orientation"] = orientation_name(recorded.orientation);
  // A model's name need not be UTF-8.
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace mvga::tool
