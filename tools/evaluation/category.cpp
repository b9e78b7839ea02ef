// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/category.h"

#include <algorithm>

#include "core/io/error.h"
#include "tools/media/files.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

std::optional<fs::path> mask_of(const fs::path& category, const fs::path& picture,
                                const std::string& kind) {
  for (const char* ending : {"_mask.png", ".png"}) {
    const fs::path mask = category / "ground_truth" / kind / (picture.stem().string() + ending);
    std::error_code ignored;
    if (fs::exists(mask, ignored)) return mask;
  }
  return std::nullopt;
}

bool is_category(const fs::path& folder) {
  std::error_code ignored;
  return fs::is_directory(folder / "train" / "good", ignored);
}

// With a trailing slash, the last part of a path is empty.
std::string name_of(const fs::path& folder) {
  const fs::path absolute = fs::absolute(folder).lexically_normal();
  return (absolute.has_filename() ? absolute : absolute.parent_path()).filename().string();
}

std::vector<fs::path> category_folders(const fs::path& data) {
  if (is_category(data)) return {data};
  std::vector<fs::path> found;
  for (const fs::path& folder : folders_in(data)) {
    const std::vector<fs::path> below = category_folders(folder);
    found.insert(found.end(), below.begin(), below.end());
  }
  return found;
}

void keep_named(std::vector<fs::path>& folders, const std::vector<std::string>& names,
                const fs::path& data) {
  for (const std::string& name : names)
    if (std::none_of(folders.begin(), folders.end(),
                     [&](const fs::path& folder) { return name_of(folder) == name; }))
      throw Error(ErrorKind::not_found, "there is no category " + name + " in " + data.string());
  if (names.empty()) return;
  std::erase_if(folders, [&](const fs::path& folder) {
    return std::find(names.begin(), names.end(), name_of(folder)) == names.end();
  });
}

}  // namespace

Category read_category(const fs::path& folder) {
  Category category{name_of(folder), pictures_in(folder / "train" / "good"), {}};
  if (category.train.empty())
    throw Error(ErrorKind::not_found,
                (folder / "train" / "good").string() + ": there are no pictures to learn from");
  for (const fs::path& kind : folders_in(folder / "test"))
    for (const fs::path& picture : pictures_in(kind)) {
      const std::string name = kind.filename().string();
      category.test.push_back(
          {picture, name, name == "good" ? std::nullopt : mask_of(folder, picture, name)});
    }
  if (category.test.empty())
    throw Error(ErrorKind::not_found, (folder / "test").string() +
                                          ": there are no pictures to test with; they belong "
                                          "in test/good and test/KIND-OF-DEFECT");
  return category;
}

std::vector<Category> find_categories(const fs::path& data, const std::vector<std::string>& names) {
  std::vector<fs::path> folders = category_folders(data);
  if (folders.empty())
    throw Error(ErrorKind::not_found,
                data.string() +
                    ": neither this folder nor one below it has a folder train/good "
                    "with normal pictures");
  keep_named(folders, names, data);
  std::vector<Category> categories;
  categories.reserve(folders.size());
  for (const fs::path& folder : folders) categories.push_back(read_category(folder));
  return categories;
}

}  // namespace mvga::tool
