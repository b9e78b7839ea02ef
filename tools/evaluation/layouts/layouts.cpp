// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/layouts/layouts.h"

namespace mvga::tool {

const Layout* layout_of(const std::filesystem::path& folder, Purpose purpose) {
  for (const Layout* layout : {&kLocoLayout, &kMvtecLayout, &kVisaLayout, &kGoodAndBadLayout})
    if (layout->fits(folder, purpose)) return layout;
  return nullptr;
}

}  // namespace mvga::tool
