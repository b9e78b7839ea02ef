// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include <algorithm>
#include <memory>

#include "core/base/error.h"
#include "tools/evaluation/layouts/layouts.h"
#include "tools/evaluation/layouts/names.h"
#include "tools/media/files.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

fs::path masks_of(const fs::path& category) {
  return category / "ground_truth";
}

bool has_config(const fs::path& category) {
  std::error_code ignored;
  return fs::is_regular_file(category / kDefectsConfig, ignored);
}

/// A folder of masks for each picture.
bool has_folders_of_masks(const fs::path& category) {
  const std::vector<fs::path> kinds = folders_in(masks_of(category));
  return std::any_of(kinds.begin(), kinds.end(), [](const fs::path& kind) {
    const std::vector<fs::path> pictures = folders_in(kind);
    return !pictures.empty() && has_pictures(pictures.front());
  });
}

bool is_loco(const fs::path& folder, Purpose purpose) {
  const bool learnable = !normal_folders_in(folder / "train").empty();
  if (!learnable && (purpose != Purpose::test || folders_in(folder / "test").empty())) return false;
  return has_config(folder) || has_folders_of_masks(folder);
}

void add_kind(const fs::path& kind, const fs::path& masks, Category& category) {
  const std::string name = kind_of(kind);
  std::size_t without = 0;
  for (const std::string& picture : pictures_in(kind)) {
    TestPicture tested{picture, name, {}};
    const fs::path folder = masks / last_name(kind) / fs::path(picture).stem();
    std::error_code ignored;
    if (!tested.good() && fs::is_directory(folder, ignored)) tested.mask = folder;
    without += tested.good() || tested.mask ? 0 : 1;
    category.test.push_back(std::move(tested));
  }
  if (name != "good") category.parts.push_back(name);
  if (without > 0)
    category.note.append(category.note.empty() ? "" : "; ")
        .append(std::to_string(without))
        .append(" pictures of ")
        .append(name)
        .append(" have no folder of masks: ")
        .append((masks / last_name(kind) / "000").string())
        .append(" is looked for");
}

Category read_loco(const fs::path& folder, Purpose purpose) {
  Category category;
  category.name = last_name(folder);
  if (purpose == Purpose::learn_and_test) {
    const fs::path normal = normal_folders_in(folder / "train").front();
    category.train = pictures_in(normal);
    if (category.train.empty())
      throw Error(ErrorKind::not_found, normal.string() + ": there are no pictures to learn from");
  }
  if (has_config(folder))
    category.defects =
        std::make_shared<const DefectsConfig>(read_defects_config(folder / kDefectsConfig));
  else
    category.note = "there is no " + (folder / kDefectsConfig).string() +
                    ", as MVTec LOCO has it: the saturated overlap (sPRO) is not given";
  for (const fs::path& kind : folders_in(folder / "test"))
    add_kind(kind, masks_of(folder), category);
  if (category.test.empty())
    throw Error(ErrorKind::not_found, (folder / "test").string() +
                                          ": there are no pictures to test with; they belong in "
                                          "test/good, test/logical_anomalies and "
                                          "test/structural_anomalies");
  return category;
}

}  // namespace

const Layout kLocoLayout{is_loco, read_loco};

}  // namespace mvga::tool
