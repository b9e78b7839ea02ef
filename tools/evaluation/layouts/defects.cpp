// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/layouts/defects.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "tools/evaluation/layouts/masks.h"
#include "tools/evaluation/layouts/names.h"
#include "tools/media/files.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

struct Kind {
  fs::path folder;
  std::string name;
  PicturesAndMasks files;

  bool good() const { return name == "good"; }
};

std::vector<Kind> kinds_in(const std::vector<fs::path>& folders) {
  std::vector<Kind> kinds;
  kinds.reserve(folders.size());
  for (const fs::path& folder : folders)
    kinds.push_back({folder, kind_of(folder), apart(pictures_in(folder))});
  return kinds;
}

/// Masks of several kinds in one folder: only a name that one picture has says whose they are.
std::map<std::string, int> counts_of_names(const std::vector<Kind>& kinds) {
  std::map<std::string, int> counts;
  for (const Kind& kind : kinds)
    if (!kind.good())
      for (const std::string& picture : kind.files.pictures)
        ++counts[lower(fs::path(picture).stem().string())];
  return counts;
}

/// The folders below `masks` that may hold those of a kind.
std::vector<fs::path> below_for(const fs::path& masks, const Kind& kind) {
  const std::string name = lower(last_name(kind.folder));
  std::vector<fs::path> found;
  for (const fs::path& in : {masks, masks / "test", masks / "Test"})
    for (const fs::path& folder : folders_in(in))
      if (lower(last_name(folder)) == name) found.push_back(folder);
  return found;
}

class MaskSearch {
 public:
  MaskSearch(const TestFolders& folders, const std::vector<Kind>& kinds)
      : folders_(folders), counts_(counts_of_names(kinds)) {
    for (const fs::path& masks : folders.masks) shared_.emplace_back(masks);
  }

  /// Turns to the next kind.
  void turn_to(const Kind& kind) {
    own_.clear();
    for (const fs::path& masks : folders_.masks)
      for (const fs::path& below : below_for(masks, kind)) own_.emplace_back(below);
    for (const fs::path& within : apart(folders_in(kind.folder)).masks) own_.emplace_back(within);
  }

  std::optional<fs::path> mask_of(const Kind& kind, const std::string& picture) {
    for (const MaskFolder& folder : own_)
      if (auto mask = folder.mask_of(picture)) return mask;
    if (const auto beside = kind.files.mask_of.find(picture); beside != kind.files.mask_of.end())
      return beside->second;
    for (const MaskFolder& folder : shared_) {
      auto mask = folder.mask_of(picture);
      if (!mask) continue;
      if (counts_[lower(fs::path(picture).stem().string())] == 1) return mask;
      ambiguous_ = folder.path();
    }
    return std::nullopt;
  }

  /// Of a kind without a single mask: a file that may have been meant.
  std::string example() const {
    for (const std::vector<MaskFolder>* folders : {&own_, &shared_})
      for (const MaskFolder& folder : *folders)
        if (!folder.example().empty()) return (folder.path() / folder.example()).string();
    return {};
  }

  const std::optional<fs::path>& ambiguous() const { return ambiguous_; }

 private:
  const TestFolders& folders_;
  std::map<std::string, int> counts_;
  std::vector<MaskFolder> own_;     ///< of the kind
  std::vector<MaskFolder> shared_;  ///< of all kinds
  std::optional<fs::path> ambiguous_;
};

void add_note(const std::string& text, Category& category) {
  category.note.append(category.note.empty() ? "" : "; ").append(text);
}

std::string list_of(const std::vector<fs::path>& folders) {
  std::string text;
  for (const fs::path& folder : folders) text.append(text.empty() ? "" : ", ") += folder.string();
  return text;
}

void say_where_masks_are_missing(const TestFolders& folders, const Kind& kind,
                                 const std::string& example, Category& category) {
  const std::string stem = fs::path(kind.files.pictures.front()).stem().string();
  if (!example.empty())
    add_note("no mask is called as a picture of " + kind.name + " is: " + stem + "_mask.png or " +
                 stem + ".png is looked for, there is " + example,
             category);
  else if (!folders.masks.empty())
    add_note("there are no masks of " + kind.name + ": " +
                 (folders.masks.front() / last_name(kind.folder) / (stem + "_mask.png")).string() +
                 " is looked for",
             category);
}

}  // namespace

void add_test(const TestFolders& folders, Category& category) {
  const std::vector<Kind> kinds = kinds_in(folders.kinds);
  MaskSearch search(folders, kinds);
  std::size_t masks = 0;
  for (const Kind& kind : kinds) {
    if (!kind.good()) search.turn_to(kind);
    std::size_t found = 0;
    for (const std::string& picture : kind.files.pictures) {
      auto mask = kind.good() ? std::nullopt : search.mask_of(kind, picture);
      found += mask ? 1 : 0;
      category.test.push_back({picture, kind.name, std::move(mask)});
    }
    masks += found;
    if (!kind.good() && found == 0 && !kind.files.pictures.empty() && !search.ambiguous())
      say_where_masks_are_missing(folders, kind, search.example(), category);
  }
  if (const auto& ambiguous = search.ambiguous())
    add_note("masks directly in " + ambiguous->string() +
                 " are not used where several kinds of defects have pictures of the same name: "
                 "they belong in a folder for each, such as " +
                 (*ambiguous / last_name(folders.kinds.back())).string(),
             category);
  const bool defects =
      std::any_of(kinds.begin(), kinds.end(), [](const Kind& k) { return !k.good(); });
  if (defects && masks == 0 && folders.masks.empty())
    add_note("no folder of masks (ground_truth, gt, masks, labels, annotations) was found in " +
                 list_of(folders.looked_in),
             category);
}

std::vector<std::string> pictures_without_masks(const fs::path& folder) {
  return apart(pictures_in(folder)).pictures;
}

}  // namespace mvga::tool
