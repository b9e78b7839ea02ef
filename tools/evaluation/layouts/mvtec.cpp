// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include <optional>

#include "core/base/error.h"
#include "tools/evaluation/layouts/layouts.h"
#include "tools/evaluation/layouts/masks.h"
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

struct TestFolders {
  fs::path test;
  fs::path masks;
};

/// MVTec AD 2 publishes the masks of a part of its tests, and keeps them in that part.
TestFolders test_folders(const fs::path& category) {
  std::error_code ignored;
  const fs::path published = category / "test_public";
  if (fs::is_directory(published, ignored)) return {published, published / "ground_truth"};
  return {category / "test", category / "ground_truth"};
}

bool is_mvtec(const fs::path& folder) {
  return normal_folder(folder).has_value();
}

Category read_mvtec(const fs::path& folder) {
  const fs::path normal = normal_folder(folder).value_or(folder / "train");
  Category category{last_name(folder), pictures_in(normal), {}, {}};
  if (category.train.empty())
    throw Error(ErrorKind::not_found, normal.string() + ": there are no pictures to learn from");
  const auto [test, masks] = test_folders(folder);
  for (const fs::path& in : folders_in(test)) {
    if (is_mask_name(in)) continue;
    const std::string kind = kind_of(in);
    for (const std::string& picture : pictures_in(in))
      category.test.push_back(
          {picture, kind, kind == "good" ? std::nullopt : mask_in(masks / in.filename(), picture)});
  }
  if (category.test.empty())
    throw Error(ErrorKind::not_found, test.string() +
                                          ": there are no pictures to test with; they belong "
                                          "in test/good and test/KIND-OF-DEFECT");
  return category;
}

}  // namespace

const Layout kMvtecLayout{is_mvtec, read_mvtec};

}  // namespace mvga::tool
