// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The student as it is trained against the student as the engine runs it, and training itself on a
// teacher of random weights.

#include "models/distill/training.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/io/safetensors.h"
#include "models/distill/student.h"
#include "models/distill/student_file.h"
#include "models/engine.h"
#include "models/open_backbone.h"
#include "tests/models/temporary_folder.h"
#include "tests/models/torch/random_weights.h"

namespace mvga::distill {
namespace {

using testing::TemporaryFolder;

const OwnNetwork& network() {
  return own_networks.front();
}

/// With norms that have seen something: their statistics are no longer 0 and 1.
std::shared_ptr<Student> used_student() {
  torch::manual_seed(3);
  auto student = std::make_shared<Student>(network(), 0);
  const torch::NoGradGuard no_gradients;
  for (int i = 0; i < 20; ++i) student->forward(torch::randn({4, 3, 64, 64}) * 2 + 0.3);
  student->eval();
  return student;
}

TEST(StudentFile, IsReadByTheEngineAsTheNetworkThatWasTrained) {
  const TemporaryFolder folder;
  const auto student = used_student();
  const auto file = folder / "weights.safetensors";
  write_student(*student, {{"seed", "3"}}, file);

  const torch::NoGradGuard no_gradients;
  const torch::Tensor input = torch::randn({1, 3, 64, 64});
  const Student::Output expected = student->forward(input);
  BackboneSettings settings;
  settings.weights = file;
  settings.input_size = 64;
  const auto backbone = open_backbone(settings);
  EXPECT_EQ(backbone->info().architecture, network().name);
  const Levels levels = engine().extract_tensor(
      *backbone, std::span(input.data_ptr<float>(), static_cast<std::size_t>(input.numel())));
  ASSERT_EQ(levels.size(), expected.levels.size());
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const torch::Tensor has =
        torch::from_blob(const_cast<float*>(levels[i].values.get()),
                         {levels[i].height, levels[i].width, levels[i].channels});
    const torch::Tensor wanted = expected.levels[i][0].permute({1, 2, 0});
    const auto error = ((has - wanted).norm() / wanted.norm()).item<double>();
    // fp16 rounds each weight by up to 2^-11; over a dozen layers that adds up to a few of these.
    EXPECT_LT(error, 3e-3) << "level " << i;
    EXPECT_GT(error, 0) << "the weights have not been rounded";
  }
}

TEST(StudentFile, SaysWhereItComesFrom) {
  const TemporaryFolder folder;
  const auto file = folder / "weights.safetensors";
  const std::string hash = write_student(*used_student(), {{"seed", "3"}}, file);
  EXPECT_EQ(hash.size(), 64U);
  const SafetensorsFile written = SafetensorsFile::open(file);
  EXPECT_EQ(written.metadata().at("architecture"), network().name);
  EXPECT_EQ(written.metadata().at("seed"), "3");
}

class TrainingTest : public ::testing::Test {
 protected:
  void SetUp() override {
    testing::random_weights("resnet18", 3).write(folder_ / "resnet18.safetensors");
    settings_.network = &network();
    settings_.teacher = folder_ / "resnet18.safetensors";
    settings_.folder = folder_ / "out";
    settings_.picture_size = 64;
    settings_.steps = 100;
    settings_.batch = 4;
    settings_.fresh = 1;
    settings_.pool = 20;
    settings_.checkpoint_every = 50;
  }

  /// The last column but `skipped` of every line below the heading.
  std::vector<double> losses() const {
    std::ifstream log(settings_.folder / "loss.csv");
    std::string line;
    std::getline(log, line);
    EXPECT_EQ(line.rfind("step,pictures,seconds,learning_rate,loss", 0), 0U) << line;
    std::vector<double> all;
    while (std::getline(log, line)) {
      std::istringstream cells(line);
      std::string cell;
      for (int column = 0; column < 5; ++column) std::getline(cells, cell, ',');
      all.push_back(std::stod(cell));
    }
    return all;
  }

  TemporaryFolder folder_;
  TrainingSettings settings_;
};

TEST_F(TrainingTest, ForetellsTheTeacherBetterAndBetter) {
  train(settings_);
  const std::vector<double> loss = losses();
  ASSERT_EQ(loss.size(), 2U);
  EXPECT_LT(loss[1], 0.8 * loss[0]);
  for (const char* name : {"mvga_small-50.safetensors", "mvga_small.safetensors"}) {
    BackboneSettings settings;
    settings.weights = settings_.folder / name;
    EXPECT_NO_THROW(open_backbone(settings)) << name;
  }
}

TEST_F(TrainingTest, IsTheSameForTheSameSeed) {
  settings_.steps = 10;
  settings_.threads = 1;
  train(settings_);
  const auto first = SafetensorsFile::open(settings_.folder / "mvga_small.safetensors");
  settings_.folder = folder_ / "again";
  train(settings_);
  const auto again = SafetensorsFile::open(settings_.folder / "mvga_small.safetensors");
  EXPECT_TRUE(std::ranges::equal(first.bytes(), again.bytes()));
  settings_.folder = folder_ / "other";
  settings_.seed = 2;
  train(settings_);
  const auto other = SafetensorsFile::open(settings_.folder / "mvga_small.safetensors");
  EXPECT_FALSE(std::ranges::equal(first.bytes(), other.bytes()));
}

/// To learn it takes some hundred pictures, which cost a minute: with MVGA_LONG_TESTS
/// (tests/full.sh). Otherwise it is enough that training ends with a network.
TEST_F(TrainingTest, LearnsToTellKindsApartWithoutATeacher) {
  const bool is_long = std::getenv("MVGA_LONG_TESTS") != nullptr;
  settings_.task = Task::classify;
  settings_.teacher.clear();
  settings_.steps = is_long ? 200 : 50;
  settings_.batch = is_long ? 16 : 4;
  settings_.fresh = is_long ? 4 : 1;
  settings_.pool = is_long ? 2000 : 20;  // few pictures, seen again at once, are learned by heart
  settings_.learning_rate = 1e-3;
  train(settings_);
  const std::vector<double> loss = losses();
  ASSERT_EQ(loss.size(), is_long ? 4U : 1U);
  EXPECT_GT(loss.back(), 0);
  EXPECT_LT(loss.back(), is_long ? loss.front() - 0.1 : 3) << "of ln 14 = 2.64 to begin with";
  EXPECT_TRUE(std::filesystem::exists(settings_.folder / "mvga_small.safetensors"));
}

TEST_F(TrainingTest, RefusesATeacherWithOtherStrides) {
  settings_.teacher_levels = {0, 1, 2};  // 0 and 1 of a ResNet have the same
  try {
    train(settings_);
    FAIL();
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::settings);
    EXPECT_NE(std::string(e.what()).find("--teacher-levels"), std::string::npos) << e.what();
  }
}

}  // namespace
}  // namespace mvga::distill
