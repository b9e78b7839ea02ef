// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include <algorithm>

#include "core/base/error.h"
#include "tools/evaluation/layouts/divide.h"
#include "tools/evaluation/layouts/layouts.h"
#include "tools/evaluation/layouts/masks.h"
#include "tools/evaluation/layouts/names.h"
#include "tools/media/files.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

struct Folders {
  std::vector<fs::path> normal;
  std::vector<fs::path> defects;
  std::vector<fs::path> masks;
};

Folders folders_of(const fs::path& category) {
  Folders found;
  for (const fs::path& folder : folders_in(category)) {
    if (is_mask_name(folder))
      found.masks.push_back(folder);
    else if (is_normal_name(folder))
      found.normal.push_back(folder);
    else if (has_pictures(folder))
      found.defects.push_back(folder);
  }
  return found;
}

/// A test set holds good and bad pictures, but those to learn from are elsewhere.
bool is_half_of_a_data_set(const fs::path& folder) {
  const std::string name = last_name(folder);
  return name == "train" || name == "test" || name == "test_public" || name == "validation";
}

bool is_good_and_bad(const fs::path& folder) {
  if (is_half_of_a_data_set(folder)) return false;
  const Folders folders = folders_of(folder);
  return !folders.normal.empty() && !folders.defects.empty();
}

/// In a folder that is called like the kind, or, where there is only one kind, without that.
std::optional<fs::path> mask_of(const fs::path& picture, const fs::path& kind,
                                const Folders& folders) {
  for (const fs::path& masks : folders.masks) {
    if (auto mask = mask_in(masks / kind.filename(), picture)) return mask;
    if (folders.defects.size() > 1) continue;
    if (auto mask = mask_in(masks, picture)) return mask;
  }
  return std::nullopt;
}

/// Pictures of several kinds may have the same name, so a mask that is in no kind's folder is
/// nobody's.
std::string note_on_masks(const Folders& folders) {
  if (folders.defects.size() < 2) return {};
  for (const fs::path& masks : folders.masks)
    if (has_pictures(masks))
      return "; masks directly in " + masks.string() +
             " are not used: with several kinds of defects they belong in a folder for each, such "
             "as " +
             (masks / folders.defects.front().filename()).string();
  return {};
}

Category read_good_and_bad(const fs::path& folder) {
  const Folders folders = folders_of(folder);
  std::vector<std::string> good;
  for (const fs::path& normal : folders.normal) {
    std::vector<std::string> pictures = pictures_in(normal);
    good.insert(good.end(), std::make_move_iterator(pictures.begin()),
                std::make_move_iterator(pictures.end()));
  }
  Category category{last_name(folder), {}, {}, {}};
  divide(good, "there are no folders train and test", category);
  if (category.train.empty())
    throw Error(ErrorKind::not_found,
                folders.normal.front().string() + ": there are no pictures to learn from");
  for (const fs::path& kind : folders.defects)
    for (const std::string& picture : pictures_in(kind))
      category.test.push_back({picture, kind_of(kind), mask_of(picture, kind, folders)});
  category.note += note_on_masks(folders);
  return category;
}

}  // namespace

const Layout kGoodAndBadLayout{is_good_and_bad, read_good_and_bad};

}  // namespace mvga::tool
