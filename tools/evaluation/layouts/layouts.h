// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The conventions of where a data set keeps its pictures; a file for each.
#pragma once

#include <filesystem>

#include "tools/evaluation/category.h"

namespace mvga::tool {

struct Layout {
  /// A look at names, not at pictures.
  bool (*fits)(const std::filesystem::path& folder, Purpose purpose);
  /// @throws Error not_found if there is nothing to learn from or to test with, unreadable if a
  ///   list that belongs to the data set is malformed
  Category (*read)(const std::filesystem::path& folder, Purpose purpose);
};

/// MVTec LOCO: `train/good`, `test/KIND`, and for each picture a folder of masks, one for each
/// defect, `ground_truth/KIND/NAME/000.png`; `defects_config.json` says what their values mean.
extern const Layout kLocoLayout;

/// MVTec AD and its kin (MVTec AD 2, BTech, MPDD, VisA after visa_pytorch): `train/good/*` or
/// `train/*`, `test/KIND/*` or `test_public/KIND/*`, masks in `ground_truth/KIND` (or another name
/// of such a folder) beside the kinds or beside `test`. For a test, `train` may be missing.
extern const Layout kMvtecLayout;

/// VisA as it is downloaded: `Data/Images/{Normal,Anomaly}`, `Data/Masks/Anomaly`, divided by
/// `../split_csv/1cls.csv`, or, without that, as divide() does.
extern const Layout kVisaLayout;

/// A folder of good pictures beside folders of defects, masks in `ground_truth` or `masks` (or
/// another name of such a folder), divided as divide() does; for a test all of them.
extern const Layout kGoodAndBadLayout;

/// The one that fits a folder, or null.
const Layout* layout_of(const std::filesystem::path& folder, Purpose purpose);

}  // namespace mvga::tool
