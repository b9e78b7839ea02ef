// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/layouts/masks.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "tools/evaluation/layouts/names.h"
#include "tools/media/files.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

// MVTec's first: where there are several, it is the best known that counts.
constexpr std::array<std::string_view, 14> kEndings{
    "_mask",  "-mask", ".mask",       "_masks",       "_gt",           "-gt",           "_label",
    "-label", "_seg",  "_annotation", "_groundtruth", "_ground_truth", "_segmentation", " mask"};
constexpr std::array<std::string_view, 3> kBeginnings{"mask_", "gt_", "label_"};

// What keeps black black before what does not.
constexpr std::array<std::string_view, 11> kTypes{".png", ".bmp", ".tif",  ".tiff", ".pgm", ".ppm",
                                                  ".pbm", ".pnm", ".webp", ".jpg",  ".jpeg"};

std::ptrdiff_t rank_of(const fs::path& mask, const std::string& stem) {
  const std::string type = lower(mask.extension().string());
  const auto place = std::find(kTypes.begin(), kTypes.end(), type) - kTypes.begin();
  const bool same_case = mask.stem().string().find(stem) != std::string::npos;
  return place + (same_case ? 0 : static_cast<std::ptrdiff_t>(kTypes.size()) + 1);
}

/// In the order in which they are looked for.
std::vector<std::string> names_of_masks(const std::string& stem) {
  std::vector<std::string> names;
  names.reserve(kEndings.size() + kBeginnings.size() + 1);
  for (const std::string_view ending : kEndings) names.push_back(std::string(stem).append(ending));
  for (const std::string_view beginning : kBeginnings)
    names.push_back(std::string(beginning).append(stem));
  names.push_back(stem);
  return names;
}

/// What a mask beside its picture is called after; empty if it is called as no mask is.
std::string stem_behind(const std::string& stem) {
  const std::string name = lower(stem);
  for (const std::string_view ending : kEndings)
    if (name.size() > ending.size() && name.ends_with(ending))
      return name.substr(0, name.size() - ending.size());
  return {};
}

}  // namespace

MaskFolder::MaskFolder(fs::path folder) : path_(std::move(folder)) {
  for (const std::string& file : pictures_in(path_))
    by_stem_[lower(fs::path(file).stem().string())].emplace_back(file);
}

std::optional<fs::path> MaskFolder::mask_of(const fs::path& picture) const {
  if (by_stem_.empty()) return std::nullopt;
  // Some programs put their ending behind the whole name: 000.jpg.png.
  for (const std::string& name : {picture.stem().string(), picture.filename().string()})
    for (const std::string& stem : names_of_masks(lower(name))) {
      const auto found = by_stem_.find(stem);
      if (found == by_stem_.end()) continue;
      return *std::min_element(found->second.begin(), found->second.end(),
                               [&](const fs::path& a, const fs::path& b) {
                                 return rank_of(a, name) < rank_of(b, name);
                               });
    }
  return std::nullopt;
}

std::string MaskFolder::example() const {
  return by_stem_.empty() ? "" : by_stem_.begin()->second.front().filename().string();
}

PicturesAndMasks apart(const std::vector<std::string>& files) {
  std::map<std::string, std::string> by_stem;
  for (const std::string& file : files)
    by_stem.emplace(lower(fs::path(file).stem().string()), file);
  PicturesAndMasks found;
  for (const std::string& file : files) {
    const std::string behind = stem_behind(fs::path(file).stem().string());
    const auto picture = behind.empty() ? by_stem.end() : by_stem.find(behind);
    if (picture == by_stem.end())
      found.pictures.push_back(file);
    else
      found.mask_of.emplace(picture->second, file);
  }
  return found;
}

}  // namespace mvga::tool
