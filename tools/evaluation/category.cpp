// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/category.h"

#include <algorithm>

#include "core/base/error.h"
#include "tools/evaluation/layouts/layouts.h"
#include "tools/evaluation/layouts/names.h"
#include "tools/media/files.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

/// Deeper than any data set, and links that go round in circles end.
constexpr int kDeepest = 6;

struct Found {
  fs::path folder;
  const Layout* layout;
  std::string name;
  std::optional<Error> failure;  ///< it cannot be listed
};

void find_below(const fs::path& folder, int depth, Purpose purpose, std::vector<Found>& found) {
  if (const Layout* layout = layout_of(folder, purpose)) {
    found.push_back({folder, layout, last_name(folder), {}});
    return;
  }
  if (depth == kDeepest) return;
  for (const fs::path& below : folders_in(folder)) {
    try {
      find_below(below, depth + 1, purpose, found);
    } catch (const Error& e) {
      found.push_back({below, nullptr, last_name(below), e});
    }
  }
}

Category read(const Found& found, Purpose purpose) {
  if (found.failure) throw Error(*found.failure);
  Category category = found.layout->read(found.folder, purpose);
  category.name = found.name;
  return category;
}

/// One that cannot be read does not end the others.
Category read_if_possible(const Found& found, Purpose purpose) {
  try {
    return read(found, purpose);
  } catch (const Error& e) {
    Category category;
    category.name = found.name;
    category.failure = e;
    return category;
  }
}

/// Results are kept by name: VisA's preparation makes 1cls/candle and 2cls_highshot/candle.
void tell_apart(std::vector<Found>& found, const fs::path& data) {
  const std::vector<Found> before = found;
  for (Found& one : found) {
    const auto same = [&](const Found& other) { return other.name == one.name; };
    if (std::count_if(before.begin(), before.end(), same) > 1)
      one.name = one.folder.lexically_relative(data).generic_string();
  }
}

bool is_called(const Found& found, const std::string& name) {
  return found.name == name || last_name(found.folder) == name;
}

void keep_named(std::vector<Found>& found, const std::vector<std::string>& names,
                const fs::path& data) {
  for (const std::string& name : names) {
    if (std::any_of(found.begin(), found.end(),
                    [&](const Found& one) { return is_called(one, name); }))
      continue;
    std::string there;
    for (const Found& one : found) there += (there.empty() ? "" : ", ") + one.name;
    std::string text = "there is no category " + name + " in " + data.string() + "; there is: ";
    throw Error(ErrorKind::not_found, text.append(there));
  }
  if (names.empty()) return;
  std::erase_if(found, [&](const Found& one) {
    return std::none_of(names.begin(), names.end(),
                        [&](const std::string& name) { return is_called(one, name); });
  });
}

void require_folder(const fs::path& data) {
  std::error_code ignored;
  if (!fs::exists(data, ignored))
    throw Error(ErrorKind::not_found, data.string() + ": there is no such folder");
  if (!fs::is_directory(data, ignored))
    throw Error(ErrorKind::not_found,
                data.string() +
                    ": is a file, not the folder of a data set; mvga predict scores "
                    "single files");
}

[[noreturn]] void fail_as_unknown(const fs::path& data) {
  throw Error(ErrorKind::not_found,
              data.string() +
                  ": neither this folder nor one below it is a category: train/good with normal "
                  "pictures and test/KIND (MVTec AD), Data/Images/Normal (VisA), or good beside "
                  "folders of defects; folders with other names are named by --normal and "
                  "--abnormal");
}

}  // namespace

Category read_category(const fs::path& folder, Purpose purpose) {
  const Layout* layout = layout_of(folder, purpose);
  if (layout == nullptr) fail_as_unknown(folder);
  return layout->read(folder, purpose);
}

std::vector<Category> find_categories(const fs::path& data, const std::vector<std::string>& names,
                                      Purpose purpose) {
  require_folder(data);
  std::vector<Found> found;
  find_below(data, 0, purpose, found);
  if (found.empty()) fail_as_unknown(data);
  tell_apart(found, data);
  keep_named(found, names, data);
  if (found.size() == 1) return {read(found.front(), purpose)};
  std::vector<Category> categories;
  categories.reserve(found.size());
  for (const Found& one : found) categories.push_back(read_if_possible(one, purpose));
  return categories;
}

}  // namespace mvga::tool
