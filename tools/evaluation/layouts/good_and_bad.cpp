// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include <iterator>

#include "core/base/error.h"
#include "tools/evaluation/layouts/defects.h"
#include "tools/evaluation/layouts/divide.h"
#include "tools/evaluation/layouts/layouts.h"
#include "tools/evaluation/layouts/names.h"
#include "tools/media/files.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

struct Folders {
  std::vector<fs::path> normal;
  TestFolders test;  ///< of the defects
};

/// A test set holds good and bad pictures, but those to learn from are elsewhere.
bool is_half_of_a_data_set(const fs::path& folder) {
  const std::string name = last_name(folder);
  return name == "train" || name == "test" || name == "test_public" || name == "validation";
}

Folders folders_of(const fs::path& category) {
  const MasksAndOthers below = apart(folders_in(category));
  Folders found;
  found.test.masks = below.masks;
  found.test.looked_in = {category};
  for (const fs::path& folder : below.others) {
    if (is_normal_name(folder))
      found.normal.push_back(folder);
    else if (has_pictures(folder))
      found.test.kinds.push_back(folder);
  }
  return found;
}

/// The masks of a test set may lie beside it.
void look_beside(const fs::path& folder, Folders& folders) {
  const fs::path above = fs::absolute(folder / "").lexically_normal().parent_path().parent_path();
  folders.test.looked_in.push_back(above);
  for (const fs::path& masks : apart(folders_in(above)).masks) folders.test.masks.push_back(masks);
}

bool is_good_and_bad(const fs::path& folder, Purpose purpose) {
  const bool half = is_half_of_a_data_set(folder);
  if (half && purpose != Purpose::test) return false;
  const Folders folders = folders_of(folder);
  if (half) return !folders.normal.empty() || !folders.test.kinds.empty();
  return !folders.normal.empty() && !folders.test.kinds.empty();
}

Category read_good_and_bad(const fs::path& folder, Purpose purpose) {
  Folders folders = folders_of(folder);
  if (is_half_of_a_data_set(folder)) look_beside(folder, folders);
  std::vector<std::string> good;
  for (const fs::path& normal : folders.normal) {
    std::vector<std::string> pictures = pictures_without_masks(normal);
    good.insert(good.end(), std::make_move_iterator(pictures.begin()),
                std::make_move_iterator(pictures.end()));
  }
  Category category;
  category.name = last_name(folder);
  if (purpose == Purpose::test) {
    for (const std::string& picture : good) category.test.push_back({picture, "good", {}});
  } else {
    divide(good, "there are no folders train and test", category);
    if (category.train.empty())
      throw Error(ErrorKind::not_found,
                  folders.normal.front().string() + ": there are no pictures to learn from");
  }
  add_test(folders.test, category);
  return category;
}

}  // namespace

const Layout kGoodAndBadLayout{is_good_and_bad, read_good_and_bad};

}  // namespace mvga::tool
