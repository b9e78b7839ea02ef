// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/layouts/divide.h"

namespace mvga::tool {

void divide(const std::vector<std::string>& good, const std::string& why, Category& category) {
  constexpr std::size_t kEvery = 5;
  constexpr std::size_t kFirst = 2;  // the middle of each five: a handful has one too
  std::size_t tested = 0;
  for (std::size_t i = 0; i < good.size(); ++i) {
    if (i % kEvery == kFirst) {
      category.test.push_back({good[i], "good", std::nullopt});
      ++tested;
    } else {
      category.train.push_back(good[i]);
    }
  }
  category.note.append(why)
      .append(": every fifth good picture by name is for the test, ")
      .append(std::to_string(category.train.size()))
      .append(" to learn from and ")
      .append(std::to_string(tested))
      .append(" to test with");
}

}  // namespace mvga::tool
