// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/drawing/heat_map_files.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <set>
#include <string>
#include <utility>

#include "tools/media/files.h"
#include "tools/output/output_folder.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

fs::path real_path(const fs::path& file) {
  std::error_code error;
  const fs::path found = fs::weakly_canonical(file, error);
  return error ? fs::absolute(file).lexically_normal() : found;
}

fs::path common_part(const fs::path& a, const fs::path& b) {
  fs::path common;
  const auto [end, ignored] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  for (auto part = a.begin(); part != end; ++part) common /= *part;
  return common;
}

fs::path common_folder(const std::vector<fs::path>& files) {
  fs::path common = files.empty() ? fs::path() : files.front().parent_path();
  for (const fs::path& file : files) common = common_part(common, file.parent_path());
  return common;
}

/// `name` and `ending`, or with a number between them that makes it a new one.
fs::path new_one(const fs::path& name, const std::string& ending, std::set<fs::path>& taken) {
  fs::path file = name;
  file += ending;
  for (int number = 2; !taken.insert(file).second; ++number) {
    file = name;
    file += "-";
    file += std::to_string(number);
    file += ending;
  }
  return file;
}

}  // namespace

HeatMapFiles::HeatMapFiles(const fs::path& folder, const std::vector<fs::path>& inputs,
                           std::string ending)
    : ending_(std::move(ending)) {
  make_output_folder(folder);
  const fs::path root = real_path(folder);
  std::vector<fs::path> files;
  std::set<fs::path> taken;  // below the folder
  for (const fs::path& input : inputs) {
    files.push_back(real_path(input));
    taken.insert(files.back().lexically_relative(root));
  }
  const fs::path common = common_folder(files);
  std::set<fs::path> folders;
  for (const fs::path& file : files) {
    const fs::path name = file.lexically_relative(common);
    Place place;
    if (is_picture(file)) {
      place.picture = folder / new_one(fs::path(name).replace_extension(), ending_, taken);
      place.frames = place.picture;
      place.frames += ".frames";
    } else {
      place.frames = folder / new_one(name, "", taken);
    }
    folders.insert(place.picture.empty() ? place.frames : place.picture.parent_path());
    places_.push_back(place);
  }
  for (const fs::path& made : folders) make_output_folder(made);
}

fs::path HeatMapFiles::file_of(std::size_t input, std::size_t frame) const {
  const Place& place = places_.at(input);
  const bool picture = !place.picture.empty();
  if (picture && frame == 0) return place.picture;
  if (picture && frame == 1) make_output_folder(place.frames);
  std::array<char, 32> name{};
  std::snprintf(name.data(), name.size(), "%06zu", frame);
  return place.frames / (name.data() + ending_);
}

}  // namespace mvga::tool
