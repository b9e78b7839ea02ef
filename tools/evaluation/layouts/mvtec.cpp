// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include <algorithm>
#include <optional>

#include "core/base/error.h"
#include "tools/evaluation/layouts/defects.h"
#include "tools/evaluation/layouts/layouts.h"
#include "tools/evaluation/layouts/names.h"
#include "tools/media/files.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

/// `train/good`, or `train` itself where there are no folders of that kind in it.
std::optional<fs::path> normal_folder(const fs::path& category) {
  const fs::path train = category / "train";
  const std::vector<fs::path> named = normal_folders_in(train);
  if (!named.empty()) return named.front();
  if (has_pictures(train)) return train;
  return std::nullopt;
}

/// MVTec AD 2 publishes a part of its tests.
bool is_published(const fs::path& category) {
  std::error_code ignored;
  return fs::is_directory(category / "test_public", ignored);
}

fs::path test_folder(const fs::path& category) {
  return category / (is_published(category) ? "test_public" : "test");
}

/// The rest of them, and normal pictures beside those to learn from.
void add_secret(const fs::path& folder, Category& category) {
  for (const char* set : {"test_private", "test_private_mixed"})
    for (const std::string& picture : pictures_in(folder / set))
      category.secret.push_back({picture, set});
  for (const fs::path& normal : normal_folders_in(folder / "validation"))
    category.validation = pictures_without_masks(normal);
}

/// Masks lie beside `test`, or beside the kinds in it.
TestFolders test_folders(const fs::path& category) {
  const fs::path test = test_folder(category);
  const MasksAndOthers inside = apart(folders_in(test), folders_in(category));
  const MasksAndOthers beside = apart(folders_in(category), folders_in(test));
  TestFolders folders{inside.others, inside.masks, {category, test}};
  folders.masks.insert(folders.masks.end(), beside.masks.begin(), beside.masks.end());
  return folders;
}

bool is_mvtec(const fs::path& folder, Purpose purpose) {
  if (normal_folder(folder)) return true;
  if (purpose != Purpose::test) return false;
  const std::vector<fs::path> kinds = apart(folders_in(test_folder(folder))).others;
  return std::any_of(kinds.begin(), kinds.end(), has_pictures);
}

Category read_mvtec(const fs::path& folder, Purpose purpose) {
  Category category;
  category.name = last_name(folder);
  if (purpose == Purpose::learn_and_test) {
    const fs::path normal = normal_folder(folder).value_or(folder / "train");
    category.train = pictures_without_masks(normal);
    if (category.train.empty())
      throw Error(ErrorKind::not_found, normal.string() + ": there are no pictures to learn from");
  }
  add_test(test_folders(folder), category);
  if (is_published(folder)) add_secret(folder, category);
  if (category.test.empty())
    throw Error(ErrorKind::not_found, test_folder(folder).string() +
                                          ": there are no pictures to test with; they belong "
                                          "in test/good and test/KIND-OF-DEFECT");
  return category;
}

}  // namespace

const Layout kMvtecLayout{is_mvtec, read_mvtec};

}  // namespace mvga::tool
