// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Pictures of cameras that put 10, 12 or 14 bits into samples of 16, in all commands.

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "core/files/model_file.h"
#include "tests/core/io/test_files.h"
#include "tests/gst/harness/small_model.h"
#include "tests/models/temporary_folder.h"
#include "tests/tools/harness/failures.h"
#include "tests/tools/harness/run_tool.h"
#include "tests/tools/media/deep_pictures.h"

namespace mvga::testing {
namespace {

namespace fs = std::filesystem;

constexpr int kLearned = 12;
constexpr int kTested = 3;

class ToolSampleBits : public ::testing::Test {
 protected:
  using Write = std::function<void(const fs::path& stem, const std::vector<std::uint8_t>& bytes)>;

  fs::path at(const std::string& name) const { return folder_ / name; }

  /// A category of the same pictures, however they are written.
  void write_category(const std::string& name, const Write& write) const {
    for (unsigned i = 0; i < kLearned; ++i)
      write(at(name) / "train" / "good" / std::to_string(i), camera_picture(i));
    for (unsigned i = 0; i < kTested; ++i) {
      write(at(name) / "test" / "good" / std::to_string(i), camera_picture(100 + i));
      write(at(name) / "test" / "block" / std::to_string(i), camera_picture(200 + i, true));
    }
  }
  void write_deep(const std::string& name, const std::string& ending, int bits,
                  int stated_bits = 0) const {
    write_category(name, [&](const fs::path& stem, const std::vector<std::uint8_t>& bytes) {
      write_deep_picture(stem.string() + ending, deepened(bytes, bits), stated_bits);
    });
  }
  void write_bytes(const std::string& name) const {
    write_category(name, [](const fs::path& stem, const std::vector<std::uint8_t>& bytes) {
      write_byte_picture(stem.string() + ".pgm", bytes);
    });
  }

  Outcome fit(const std::string& name, const std::string& more = "") const {
    return mvga("fit " + (at(name) / "train" / "good").string() + " -o " + model(name) +
                small_options() + more);
  }
  std::string model(const std::string& name) const { return at(name + ".mvga").string(); }
  Outcome predict(const std::string& name, const fs::path& pictures) const {
    return mvga("predict " + model(name) + " " + pictures.string() + " --threads 1 --weights " +
                small_weights().string());
  }
  /// What it says on standard output, a line of JSON a picture.
  static std::vector<nlohmann::json> lines_of(const Outcome& outcome) {
    std::vector<nlohmann::json> lines;
    std::istringstream printed(outcome.printed);
    for (std::string line; std::getline(printed, line);)
      if (!line.empty() && line[0] == '{') lines.push_back(nlohmann::json::parse(line));
    return lines;
  }
  std::vector<double> scores(const std::string& of_model, const std::string& category) const {
    const Outcome outcome = predict(of_model, at(category) / "test");
    EXPECT_EQ(outcome.code, 0) << outcome.printed;
    EXPECT_FALSE(contains(outcome.printed, "warning")) << outcome.printed;
    std::vector<double> scores;
    for (const nlohmann::json& line : lines_of(outcome)) scores.push_back(line["score"]);
    EXPECT_EQ(scores.size(), 2U * kTested);
    return scores;
  }

  TemporaryFolder folder_;
};

TEST_F(ToolSampleBits, AreFoundSaidRememberedAndApplied) {
  write_bytes("bytes");
  ASSERT_EQ(fit("bytes").code, 0);
  EXPECT_EQ(load_model(model("bytes")).reading.bits, 16);
  const std::vector<double> wanted = scores("bytes", "bytes");
  const std::vector<std::pair<std::string, int>> kinds{
      {".png", 12}, {".tif", 12}, {".pgm", 12}, {".png", 10}, {".tif", 14}};
  for (const auto& [ending, bits] : kinds) {
    const std::string name = ending.substr(1) + std::to_string(bits);
    write_deep(name, ending, bits);
    const Outcome fitted = fit(name);
    ASSERT_EQ(fitted.code, 0) << fitted.printed;
    EXPECT_FALSE(contains(fitted.printed, "warning: /")) << fitted.printed;
    const std::string found = std::to_string(bits) + " bits in samples of 16";
    EXPECT_TRUE(contains(fitted.printed, found)) << fitted.printed;
    EXPECT_EQ(load_model(model(name)).reading.bits, bits);
    EXPECT_TRUE(contains(mvga("inspect " + model(name)).printed,
                         std::to_string((1 << bits) - 1) + " is white"));
    EXPECT_EQ(scores(name, name), wanted) << name << ": not what there is in 8 bits";
  }
}

TEST_F(ToolSampleBits, OfSixteenAreReadAsBefore) {
  write_bytes("bytes");
  write_deep("full", ".png", 16);
  ASSERT_EQ(fit("bytes").code, 0);
  const Outcome fitted = fit("full");
  ASSERT_EQ(fitted.code, 0);
  EXPECT_FALSE(contains(fitted.printed, "samples of 16")) << fitted.printed;
  EXPECT_EQ(scores("full", "full"), scores("bytes", "bytes"));
}

TEST_F(ToolSampleBits, OfAllLearnedPicturesCountAndBlackSaysNothing) {
  write_deep("mixed", ".png", 10);
  const fs::path good = at("mixed") / "train" / "good";
  write_deep_picture(good / "brighter.tif", deepened(camera_picture(50), 14));
  write_deep_picture(good / "black.png", std::vector<std::uint16_t>(kDeepSide * kDeepSide));
  write_byte_picture(good / "bytes.pgm", camera_picture(51));
  EXPECT_TRUE(contains(fit("mixed").printed, "14 bits in samples of 16"));
  EXPECT_TRUE(contains(fit("mixed", " --bits 12").printed, "above 4095")) << "clipped silently";
  EXPECT_EQ(load_model(model("mixed")).reading.bits, 12);
}

TEST_F(ToolSampleBits, ThatAFileStatesCount) {
  write_bytes("bytes");
  ASSERT_EQ(fit("bytes").code, 0);
  const std::vector<double> wanted = scores("bytes", "bytes");
  for (const std::string ending : {".png", ".tif", ".pgm"}) {
    const std::string name = "stated" + ending.substr(1);
    write_deep(name, ending, 12, 12);
    const Outcome fitted = fit(name);
    ASSERT_EQ(fitted.code, 0) << fitted.printed;
    EXPECT_EQ(load_model(model(name)).reading.bits, 12) << ending;
    EXPECT_EQ(scores(name, name), wanted) << ending;
    EXPECT_EQ(scores("bytes", name), wanted)
        << ending << ": it says what is white, whoever learned";
  }
  write_deep("silent", ".png", 12);
  EXPECT_EQ(scores("statedpgm", "silent"), wanted) << "the same camera in another format";
}

TEST_F(ToolSampleBits, ThatWereMovedUpAreFullRangeAsPngHasIt) {
  write_category("moved", [](const fs::path& stem, const std::vector<std::uint8_t>& bytes) {
    std::vector<std::uint16_t> numbers = deepened(bytes, 12);
    for (std::uint16_t& number : numbers)
      number = static_cast<std::uint16_t>(number << 4 | number >> 8);
    write_deep_picture(stem.string() + ".png", numbers, 12);
  });
  write_bytes("bytes");
  ASSERT_EQ(fit("bytes").code, 0);
  EXPECT_EQ(scores("bytes", "moved"), scores("bytes", "bytes"));
}

TEST_F(ToolSampleBits, AboveWhiteAreSaidAndCounted) {
  write_deep("part", ".png", 12);
  ASSERT_EQ(fit("part").code, 0);
  std::vector<std::uint16_t> bright = deepened(camera_picture(60), 12);
  for (int i = 0; i < kDeepSide; ++i) bright[static_cast<std::size_t>(i)] = 4096;
  write_deep_picture(at("bright") / "one.png", bright);
  const Outcome outcome = predict("part", at("bright"));
  EXPECT_EQ(outcome.code, 0);
  EXPECT_TRUE(contains(outcome.printed, "one.png: has samples above 4095")) << outcome.printed;
  ASSERT_EQ(lines_of(outcome).size(), 1U);
  EXPECT_DOUBLE_EQ(lines_of(outcome)[0]["saturated"], 1.0 / kDeepSide);
  EXPECT_FALSE(lines_of(predict("part", at("part") / "test"))[0].contains("saturated"));
}

TEST_F(ToolSampleBits, FewerThanTheModelsAreSaidToBeDark) {
  write_deep("part", ".png", 14);
  write_deep("other", ".png", 10);
  ASSERT_EQ(fit("part").code, 0);
  const Outcome outcome = predict("part", at("other") / "test" / "good");
  EXPECT_TRUE(contains(outcome.printed, "of which 10 are used")) << outcome.printed;
  EXPECT_TRUE(contains(outcome.printed, "1/16 of its contrast")) << outcome.printed;
}

TEST_F(ToolSampleBits, AreTakenInAnEvaluation) {
  write_bytes("bytes");
  write_deep("part", ".tif", 12);
  const auto evaluated = [&](const std::string& name, const std::string& more) {
    const Outcome outcome = mvga("evaluate -q " + at(name).string() + more + " --scores " +
                                 at(name + ".csv").string() + " --report " + at("page").string());
    EXPECT_EQ(outcome.code, 0) << outcome.printed;
    EXPECT_FALSE(contains(outcome.printed, "is dark")) << outcome.printed;
    std::string csv = test::read_text(at(name + ".csv"));
    for (const std::string& part :
         {at(name).string() + "/", name + ",", std::string(".tif"), std::string(".pgm")})
      for (std::size_t place = 0; (place = csv.find(part)) != std::string::npos;)
        csv.erase(place, part.size());
    return csv;
  };
  const std::string wanted = evaluated("bytes", small_options());
  EXPECT_TRUE(contains(wanted, "block")) << wanted;
  EXPECT_EQ(evaluated("part", small_options()), wanted);

  ASSERT_EQ(fit("part").code, 0);
  const std::string weights = " --threads 1 --weights " + small_weights().string();
  EXPECT_EQ(evaluated("part", " --model " + model("part") + weights), wanted);
  EXPECT_NE(mvga("evaluate " + at("part").string() + " --bits 12 --model " + model("part")).code,
            0);
}

TEST_F(ToolSampleBits, AreThoseOfAllShardsAndKeptByParts) {
  write_deep("part", ".png", 10);
  const fs::path good = at("part") / "train" / "good";
  write_deep_picture(good / "9-brighter.png", deepened(camera_picture(50), 12));
  const auto gather = [&](const std::string& shard, const std::string& more) {
    return mvga("fit " + good.string() + " --stats-only --shard " + shard + "/2 -o " +
                at(shard + ".mvgastats").string() + small_options() + more);
  };
  ASSERT_EQ(gather("1", "").code, 0);
  ASSERT_EQ(gather("2", "").code, 0);
  const std::string parts = at("1.mvgastats").string() + " " + at("2.mvgastats").string() + " -o " +
                            model("all") + " --threads 1 --weights " + small_weights().string();
  const Outcome merged = mvga("merge " + parts);
  ASSERT_EQ(merged.code, 0) << merged.printed;
  EXPECT_EQ(load_model(model("all")).reading.bits, 12);
  EXPECT_TRUE(contains(mvga("inspect " + at("1.mvgastats").string()).printed, "4095 is white"));

  ASSERT_EQ(gather("2", " --bits 14").code, 0);
  const Outcome refused = mvga("merge " + parts);
  EXPECT_NE(refused.code, 0);
  EXPECT_TRUE(contains(refused.printed, "--bits")) << refused.printed;
}

}  // namespace
}  // namespace mvga::testing
