// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/base/error.h"
#include "tools/evaluation/layouts/defects.h"
#include "tools/evaluation/layouts/divide.h"
#include "tools/evaluation/layouts/layouts.h"
#include "tools/evaluation/layouts/names.h"
#include "tools/evaluation/layouts/visa_split.h"
#include "tools/media/files.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

fs::path normal_pictures(const fs::path& category) {
  return category / "Data" / "Images" / "Normal";
}

bool is_visa(const fs::path& folder, Purpose) {
  std::error_code ignored;
  return fs::is_directory(normal_pictures(folder), ignored);
}

Category divided_by_list(const fs::path& root, const fs::path& list, const std::string& name,
                         Purpose purpose) {
  Category category;
  category.name = name;
  for (const VisaPicture& picture : read_visa_split(list, name)) {
    if (picture.train && picture.normal)
      category.train.push_back((root / picture.image).string());
    else if (picture.train)
      continue;  // lists for two classes have defects to learn from
    else if (picture.normal)
      category.test.push_back({root / picture.image, "good", std::nullopt});
    else
      category.test.push_back(
          {root / picture.image, "anomaly",
           picture.mask.empty() ? std::nullopt : std::optional(root / picture.mask)});
  }
  if (category.test.empty() || (purpose == Purpose::learn_and_test && category.train.empty()))
    throw Error(ErrorKind::not_found,
                list.string() + ": has no pictures of " + name +
                    " to learn from, or none to test with; without this file the pictures are "
                    "divided by their names");
  return category;
}

Category divided_by_name(const fs::path& folder, const fs::path& list, const std::string& name) {
  Category category;
  category.name = name;
  divide(pictures_without_masks(normal_pictures(folder)), "there is no " + list.string(), category);
  if (category.train.empty())
    throw Error(ErrorKind::not_found,
                normal_pictures(folder).string() + ": there are no pictures to learn from");
  const fs::path data = folder / "Data";
  add_test({{data / "Images" / "Anomaly"}, apart(folders_in(data)).masks, {data}}, category);
  for (TestPicture& picture : category.test)
    if (!picture.good()) picture.kind = "anomaly";  // as in the list
  return category;
}

Category read_visa(const fs::path& folder, Purpose purpose) {
  // Neither "." nor "candle/" has its data set's folder in front of it.
  const fs::path whole = fs::absolute(folder).lexically_normal();
  const fs::path root = (whole.has_filename() ? whole : whole.parent_path()).parent_path();
  const fs::path list = root / "split_csv" / "1cls.csv";
  std::error_code ignored;
  return fs::exists(list, ignored) ? divided_by_list(root, list, last_name(folder), purpose)
                                   : divided_by_name(folder, list, last_name(folder));
}

}  // namespace

const Layout kVisaLayout{is_visa, read_visa};

}  // namespace mvga::tool
