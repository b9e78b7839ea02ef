// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What goes wrong in a program of others is an error with a text, never a crash.

#include <gtest/gtest.h>
#include <mvga/mvga.h>

#include <cmath>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/models/api/own_image.h"
#include "tests/models/api/small_library.h"
#include "tests/models/temporary_folder.h"

namespace mvga::testing {
namespace {

using v1::ErrorKind;

v1::Learner nothing_learned() {
  return v1::Learner(small(), kOneThread);
}

const v1::Model& model() {
  static const v1::Model learned = [] {
    v1::Learner from = nothing_learned();
    for (unsigned seed = 0; seed < 6; ++seed) from.add(normal_image(kSide, kSide, seed).image());
    return from.learn();
  }();
  return learned;
}

/// @param part of the text that helps
template <typename F>
void expect_error(ErrorKind kind, const std::string& part, const F& f) {
  try {
    f();
    ADD_FAILURE() << "no error about " << part;
  } catch (const v1::Error& error) {
    EXPECT_EQ(error.kind(), kind) << error.what();
    EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << error.what();
  }
}

TEST(LibraryErrors, AreAlsoStandardExceptions) {
  try {
    v1::Model::open("/nowhere/a.mvga");
    FAIL() << "no error";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("/nowhere/a.mvga"), std::string::npos) << error.what();
  }
}

TEST(LibraryErrors, NameTheFile) {
  TemporaryFolder folder;
  const auto path = folder / "a.mvga";
  expect_error(ErrorKind::not_found, path, [&] { v1::Model::open(path); });
  model().save(path);
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(-1, std::ios::end).put('x');
  file.close();
  expect_error(ErrorKind::unreadable, path, [&] { v1::Model::open(path); });
  std::ofstream(path) << "text";
  expect_error(ErrorKind::unreadable, path, [&] { v1::Model::open(path); });
  expect_error(ErrorKind::not_found, "nowhere",
               [&] { model().save(folder / "nowhere" / "a.mvga"); });
}

TEST(LibraryErrors, CountTheImages) {
  v1::Learner few = nothing_learned();
  expect_error(ErrorKind::too_few, "0 normal frames", [&] { few.learn(); });
  for (unsigned seed = 0; seed < 3; ++seed) few.add(normal_image(kSide, kSide, seed).image());
  expect_error(ErrorKind::too_few, "3 normal frames", [&] { few.learn(); });
}

TEST(LibraryErrors, SayWhatIsWrongWithAnImage) {
  const v1::Detector detector(model(), kOneThread);
  v1::Learner to_learn = nothing_learned();
  const OwnImage own = normal_image(40, 30, 1);
  const auto refused = [&](const v1::Image& image, const std::string& part) {
    expect_error(ErrorKind::argument, part, [&] { detector.score(image); });
    expect_error(ErrorKind::argument, part, [&] { to_learn.add(image); });
  };
  v1::Image image = own.image();
  image.data = nullptr;
  refused(image, "null");
  refused({}, "null");
  for (const auto& [width, height] : {std::pair{0, 30}, {40, 0}, {-40, 30}, {40, -1}, {65537, 1}}) {
    image = own.image();
    image.width = width;
    image.height = height;
    refused(image, std::to_string(width) + "x" + std::to_string(height));
  }
  for (const std::ptrdiff_t stride : {119, 1, -120}) {
    image = own.image();
    image.stride = stride;
    refused(image, "stride of " + std::to_string(stride));
  }
  for (const std::ptrdiff_t stride : {std::ptrdiff_t{121}, PTRDIFF_MAX}) {
    image = own.image();
    image.stride = stride;
    refused(image, "does not fit");
  }
  image = own.image();
  image.size -= 1;
  refused(image, "3599 bytes");
  image.size = 0;
  refused(image, "0 bytes");
  EXPECT_EQ(to_learn.images(), 0U);
}

TEST(LibraryErrors, SayWhatIsWrongWithASetting) {
  const auto refused = [](const char* part, const auto& change) {
    expect_error(ErrorKind::settings, part, [&] {
      v1::LearnSettings settings;
      change(settings);
      v1::Learner refused(settings);
    });
  };
  refused("target_fpr", [](auto& s) { s.target_fpr = 0; });
  refused("target_fpr", [](auto& s) { s.target_fpr = std::nan(""); });
  refused("light", [](auto& s) { s.light = 0.6; });
  refused("roi", [](auto& s) { s.roi = {0.5, 0, 0.6, 1}; });
  refused("roi", [](auto& s) { s.roi.width = std::nan(""); });
  refused("input-size", [](auto& s) { s.input_size = 16; });
  refused("profile", [](auto& s) { s.profile = static_cast<v1::Profile>(7); });
  refused("nonet", [](auto& s) { s.backbone = "nonet"; });
  v1::NetworkSettings network;
  network.precision = static_cast<v1::Precision>(7);
  expect_error(ErrorKind::settings, "precision", [&] { v1::Detector refused(model(), network); });
  network = {};
  network.device = "abacus";
  expect_error(ErrorKind::settings, "abacus", [&] { v1::Detector refused(model(), network); });
  network = {};
  network.threads = -1;
  expect_error(ErrorKind::settings, "threads", [&] { v1::Detector refused(model(), network); });

  const v1::Detector detector(model(), kOneThread);
  const OwnImage own = normal_image(kSide, kSide, 1);
  const auto not_scored = [&](const char* part, const v1::ScoreSettings& settings) {
    expect_error(ErrorKind::settings, part, [&] { detector.score(own.image(), settings); });
  };
  not_scored("threshold", {.threshold = std::nan("")});
  not_scored("target_fpr", {.target_fpr = 0});
  not_scored("target_fpr", {.target_fpr = 0.6});
  not_scored("max_regions", {.max_regions = -1});
  not_scored("min_region_area", {.min_region_area = std::nan("")});
}

TEST(LibraryErrors, NameTheWeights) {
  TemporaryFolder folder;
  std::ofstream(folder / "none.safetensors") << "no weights";
  v1::NetworkSettings network;
  network.weights = folder / "none.safetensors";
  expect_error(ErrorKind::unreadable, network.weights,
               [&] { v1::Detector refused(model(), network); });
  network.weights = folder / "away.safetensors";
  expect_error(ErrorKind::not_found, network.weights,
               [&] { v1::Detector refused(model(), network); });
}

TEST(LibraryErrors, LeaveTheCallersOwnAlone) {
  v1::Learner from = nothing_learned();
  for (unsigned seed = 0; seed < 4; ++seed) from.add(normal_image(kSide, kSide, seed).image());
  EXPECT_THROW(from.learn([](std::size_t, std::size_t) { throw std::out_of_range("stop"); }),
               std::out_of_range);
  EXPECT_EQ(from.learn().images(), 4U) << "it can be asked again";
}

}  // namespace
}  // namespace mvga::testing
