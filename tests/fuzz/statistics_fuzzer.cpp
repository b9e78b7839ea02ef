// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Statistics that somebody changed and sealed anew: they are refused, or a model comes of them.

#include <unistd.h>

#include <filesystem>
#include <memory>

#include "core/base/error.h"
#include "core/files/statistics_file.h"
#include "core/files/statistics_reader.h"
#include "core/learning/part_learner.h"
#include "tests/core/io/test_files.h"
#include "tests/fuzz/changed.h"
#include "tests/fuzz/learned.h"

namespace {

using namespace mvga;

/// @param pictures more than 300 are not all stored
test::Forgery gathered(unsigned pictures) {
  const test::TemporaryFolder folder;
  PartLearner learner(std::make_shared<test::FakeBackbone>(), {});
  for (unsigned i = 0; i < pictures; ++i) learner.add(test::view_of(test::normal_picture(i)));
  save_statistics(learner, std::nullopt, folder / "part");
  return test::Forgery(SafetensorsFile::open(folder / "part"));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const test::Forgery few = gathered(5);
  static const test::Forgery many = gathered(301);
  if (size == 0) return 0;
  try {
    const bool all_stored = (data[0] & 7) != 0;  // the others take longer
    const SafetensorsFile file = SafetensorsFile::parse(
        fuzz::changed(all_stored ? few : many, data + 1, size - 1), "fuzzed");
    const StatisticsReader reader(file);
    const StatisticsInfo info = reader.describe();
    if (info.stores_all())
      reader.images(info);
    else
      reader.statistics(info);
  } catch (const Error&) {
    // refused
  }
  return 0;
}
