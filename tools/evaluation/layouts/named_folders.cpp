// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/layouts/named_folders.h"

#include <algorithm>
#include <filesystem>
#include <iterator>

#include "core/base/error.h"
#include "tools/evaluation/layouts/defects.h"
#include "tools/evaluation/layouts/divide.h"
#include "tools/evaluation/layouts/names.h"
#include "tools/media/files.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

/// In the root, or as it is.
fs::path found(const std::string& root, const std::string& name) {
  std::error_code ignored;
  for (const fs::path& folder : {fs::path(root) / name, fs::path(name)})
    if (fs::is_directory(folder, ignored)) return folder;
  const std::string in = root.empty() ? "" : ", nor in " + root;
  throw Error(ErrorKind::not_found, name + ": there is no such folder" + in);
}

std::vector<fs::path> all_found(const std::string& root, const std::vector<std::string>& names) {
  std::vector<fs::path> folders;
  folders.reserve(names.size());
  for (const std::string& name : names) folders.push_back(found(root, name));
  return folders;
}

std::vector<std::string> pictures_of(const std::vector<fs::path>& folders) {
  std::vector<std::string> all;
  for (const fs::path& folder : folders) {
    std::vector<std::string> pictures = pictures_without_masks(folder);
    if (pictures.empty())
      throw Error(ErrorKind::not_found, folder.string() + ": there are no pictures in this folder");
    all.insert(all.end(), std::make_move_iterator(pictures.begin()),
               std::make_move_iterator(pictures.end()));
  }
  return all;
}

/// The folder itself, or, where the pictures are in folders of their kinds, those.
std::vector<fs::path> kinds_of(const fs::path& abnormal) {
  if (has_pictures(abnormal)) return {abnormal};
  std::vector<fs::path> kinds = apart(folders_in(abnormal)).others;
  std::erase_if(kinds, [](const fs::path& kind) { return !has_pictures(kind); });
  if (kinds.empty())
    throw Error(
        ErrorKind::not_found,
        abnormal.string() + ": there are no pictures in this folder, nor directly below it");
  return kinds;
}

TestFolders defects_of(const NamedFolders& folders) {
  TestFolders test;
  test.masks = all_found(folders.root, folders.masks);
  for (const fs::path& abnormal : all_found(folders.root, folders.abnormal)) {
    const std::vector<fs::path> kinds = kinds_of(abnormal);
    test.kinds.insert(test.kinds.end(), kinds.begin(), kinds.end());
    const fs::path beside = fs::absolute(abnormal / "").lexically_normal().parent_path();
    for (const fs::path& in : {abnormal, beside.parent_path()})
      if (std::find(test.looked_in.begin(), test.looked_in.end(), in) == test.looked_in.end())
        test.looked_in.push_back(in);
  }
  if (folders.masks.empty())
    for (const fs::path& in : test.looked_in)
      for (const fs::path& masks : apart(folders_in(in)).masks) test.masks.push_back(masks);
  return test;
}

std::string name_of(const NamedFolders& folders) {
  if (!folders.root.empty()) return last_name(folders.root);
  const std::string& first =
      folders.normal.empty()
          ? folders.normal_test.empty() ? folders.abnormal.front() : folders.normal_test.front()
          : folders.normal.front();
  const fs::path above = fs::absolute(fs::path(first) / "").lexically_normal().parent_path();
  return last_name(above.parent_path());
}

void add_good(const std::vector<std::string>& pictures, Category& category) {
  for (const std::string& picture : pictures) category.test.push_back({picture, "good", {}});
}

}  // namespace

Category read_named_folders(const NamedFolders& folders, Purpose purpose) {
  if (folders.abnormal.empty() && folders.normal_test.empty())
    throw Error(ErrorKind::not_found,
                "there is nothing to test with; name folders of defects with --abnormal");
  if (purpose == Purpose::learn_and_test && folders.normal.empty())
    throw Error(ErrorKind::not_found,
                "there is nothing to learn from; name folders of normal pictures with --normal, or "
                "a model with --model");
  Category category;
  category.name = name_of(folders);
  const std::vector<std::string> normal = pictures_of(all_found(folders.root, folders.normal));
  if (!folders.normal_test.empty())
    add_good(pictures_of(all_found(folders.root, folders.normal_test)), category);
  if (purpose == Purpose::test && folders.normal_test.empty())
    add_good(normal, category);
  else if (purpose == Purpose::learn_and_test && folders.normal_test.empty())
    divide(normal, "there is no --normal-test", category);
  else
    category.train = normal;
  if (!folders.abnormal.empty()) add_test(defects_of(folders), category);
  return category;
}

}  // namespace mvga::tool
