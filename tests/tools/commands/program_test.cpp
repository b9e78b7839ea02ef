// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The program mvga as a user calls it (MVGA_TOOL is its path).

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "core/files/model_file.h"
#include "core/io/safetensors.h"
#include "tests/core/io/test_files.h"
#include "tests/gst/harness/element_harness.h"
#include "tests/gst/harness/play.h"
#include "tests/gst/harness/small_model.h"
#include "tests/models/temporary_folder.h"
#include "tests/tools/evaluation/small_dataset.h"
#include "tests/tools/harness/run_tool.h"
#include "tests/tools/media/small_videos.h"

namespace mvga::testing {
namespace {

namespace fs = std::filesystem;

class Program : public ::testing::Test {
 protected:
  void SetUp() override { write_category(part()); }
  fs::path part() const { return folder_ / "part"; }
  fs::path model() const { return folder_ / "part.mvga"; }
  Outcome fit(const std::string& more = "") const {
    return mvga("fit " + part().string() + " -o " + model().string() + small_options() + more);
  }

  TemporaryFolder folder_;
};

TEST_F(Program, LearnsTheModelThatMvgafitLearns) {
  const Outcome outcome = fit();
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  EXPECT_NE(outcome.printed.find("learned 16 frames"), std::string::npos) << outcome.printed;

  const fs::path other = folder_ / "element.mvga";
  EXPECT_EQ(
      play("multifilesrc location=" + (part() / "train/good").string() +
           "/%03d.png caps=image/png,framerate=10/1 ! pngdec ! mvgafit model=" + other.string() +
           " backbone=" + kSmallArchitecture + " weights=" + small_weights().string() +
           " levels=0-1 threads=1 input-size=" + std::to_string(kSmallInput) + " ! fakesink"),
      "");
  EXPECT_FALSE(test::read_text(other).empty());
  EXPECT_TRUE(test::read_text(model()) == test::read_text(other))
      << "the program's model is not the element's";
}

TEST_F(Program, ScoresPicturesAsLinesOfJson) {
  ASSERT_EQ(fit().code, 0);
  const Outcome outcome =
      mvga("predict " + model().string() + " " + (part() / "test/good").string() + " " +
           (part() / "test/block").string() + " --threads 1 --weights " + small_weights().string());
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  std::istringstream lines(outcome.printed);
  int anomalous = 0;
  int all = 0;
  for (std::string line; std::getline(lines, line); ++all) {
    const auto result = nlohmann::json::parse(line);
    const bool block = result["file"].get<std::string>().find("/block/") != std::string::npos;
    EXPECT_TRUE(!block || result["anomalous"].get<bool>()) << "a defect was missed: " << line;
    anomalous += result["anomalous"].get<bool>() ? 1 : 0;
  }
  EXPECT_EQ(all, 7);
  EXPECT_GE(anomalous, 3);
}

TEST_F(Program, EvaluatesIntoFiles) {
  const fs::path json = folder_ / "result.json";
  const fs::path csv = folder_ / "result.csv";
  const Outcome outcome = mvga("evaluate " + part().string() + small_options() + "--json " +
                               json.string() + " --csv " + csv.string());
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  EXPECT_NE(outcome.printed.find("image AUROC"), std::string::npos) << outcome.printed;
  EXPECT_EQ(nlohmann::json::parse(test::read_text(json))["categories"]["part"]["image_auroc"], 100);
  EXPECT_NE(test::read_text(csv).find("\nmean,100.000000,"), std::string::npos);
}

TEST_F(Program, ShowsWhatIsInAFile) {
  ASSERT_EQ(fit().code, 0);
  const Outcome on_model = mvga("inspect " + model().string());
  EXPECT_EQ(on_model.code, 0);
  EXPECT_NE(on_model.printed.find("16 learned"), std::string::npos) << on_model.printed;
  const Outcome on_weights = mvga("inspect " + small_weights().string());
  EXPECT_NE(on_weights.printed.find("layer1.0.conv1.weight"), std::string::npos);
}

TEST_F(Program, SaysOfAnOlderModelThatItsFramesWereReadInAnotherWay) {
  ASSERT_EQ(fit().code, 0);
  const std::string picture = " " + (part() / "train/good/000.png").string() +
                              " --threads 1 --weights " + small_weights().string();
  EXPECT_EQ(mvga("predict " + model().string() + picture).printed.find("warning"),
            std::string::npos);
  EXPECT_NE(mvga("inspect " + model().string()).printed.find("reading     exact"),
            std::string::npos);
  Model older = load_model(model());
  older.reading = Reading::gstreamer;
  save_model(older, model());
  const Outcome outcome = mvga("predict " + model().string() + picture);
  EXPECT_EQ(outcome.code, 0) << outcome.printed;
  EXPECT_EQ(outcome.printed.rfind("warning: " + model().string(), 0), 0U) << outcome.printed;
  EXPECT_NE(mvga("inspect " + model().string()).printed.find("older mvga"), std::string::npos);
}

TEST_F(Program, ShowsForeignTextAsNoOrderToTheTerminal) {
  SafetensorsWriter writer;
  writer.set_metadata("name\x1b[2J", "one\ntwo \x1b]0;title\x07" + std::string(1 << 20, 'x'));
  const std::byte value{};
  writer.add("tensor\r\u202e", DType::u8, {1}, {&value, 1});
  const std::vector<std::byte> bytes = writer.bytes();
  const fs::path file = folder_ / "w.safetensors";
  test::write_text(file, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  const Outcome outcome = mvga("inspect " + file.string());
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.printed.find_first_of("\x1b\x07\r"), std::string::npos);
  EXPECT_EQ(std::count(outcome.printed.begin(), outcome.printed.end(), '\n'), 3);
  EXPECT_LT(outcome.printed.size(), 6000U);
  EXPECT_NE(outcome.printed.find("name\\x1b[2J: one\\ntwo"), std::string::npos);
  const Outcome missing = mvga("inspect \"$(printf 'a\\033[2J\\nb')\"");
  EXPECT_EQ(missing.code, 1);
  EXPECT_NE(missing.printed.find("mvga: a\\x1b[2J\\nb: no such file"), std::string::npos)
      << missing.printed;
}

class Shards : public Program {
 protected:
  // Runs mvga fit --stats-only and gives the file's path.
  fs::path statistics(const std::string& name, const std::string& options = "",
                      const fs::path& data = {}) const {
    fs::path file = folder_ / (name + ".mvgastats");
    const Outcome outcome = mvga("fit " + (data.empty() ? part() : data).string() +
                                 " --stats-only -o " + file.string() + small_options() + options);
    EXPECT_EQ(outcome.code, 0) << outcome.printed;
    return file;
  }
  Outcome merge(const std::vector<fs::path>& files, const std::string& options = "") const {
    std::string arguments = "merge";
    for (const fs::path& file : files) arguments.append(" ").append(file.string());
    return mvga(arguments + " -o " + merged().string() + " --threads 1 --weights " +
                small_weights().string() + " " + options);
  }
  fs::path merged() const { return folder_ / "merged.mvga"; }
};

TEST_F(Shards, GiveTheModelOfTheWholeByteForByte) {
  ASSERT_EQ(fit().code, 0);
  const fs::path a = statistics("a", "--shard 1/3");
  const fs::path b = statistics("b", "--shard 2/3");
  const fs::path c = statistics("c", "--shard 3/3");
  const Outcome outcome = merge({b, c, a});
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  EXPECT_NE(outcome.printed.find("learned 16 frames"), std::string::npos) << outcome.printed;
  EXPECT_TRUE(test::read_text(merged()) == test::read_text(model()))
      << "the shards were not put into their order";
}

TEST_F(Shards, OfOneFileAreTheWhole) {
  ASSERT_EQ(fit().code, 0);
  const Outcome outcome = merge({statistics("all")});
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  EXPECT_TRUE(test::read_text(merged()) == test::read_text(model()));
}

TEST_F(Shards, TakeTheMethodOfThePartsUnlessTold) {
  const std::string method = "--reduction pca --variance 0.9 --target-fpr 0.05";
  ASSERT_EQ(
      mvga("fit " + part().string() + " -o " + model().string() + small_options() + method).code,
      0);
  ASSERT_EQ(merge({statistics("as-learned", method)}).code, 0);
  EXPECT_TRUE(test::read_text(merged()) == test::read_text(model()))
      << "the parts' options are lost";
  ASSERT_EQ(merge({statistics("otherwise")}, method).code, 0);
  EXPECT_TRUE(test::read_text(merged()) == test::read_text(model())) << "the options do nothing";
}

TEST_F(Shards, TakeTheLightOfTheParts) {
  const std::string light = "--light 0.2";
  ASSERT_EQ(
      mvga("fit " + part().string() + " -o " + model().string() + small_options() + light).code, 0);
  ASSERT_EQ(
      merge({statistics("a", light + " --shard 1/2"), statistics("b", light + " --shard 2/2")})
          .code,
      0);
  EXPECT_TRUE(test::read_text(merged()) == test::read_text(model()))
      << "the copies are not those of the whole";
  const std::string shown = mvga("inspect " + model().string()).printed;
  EXPECT_NE(shown.find("up to 20 %"), std::string::npos) << shown;
}

TEST_F(Shards, OfAVideoAreRangesOfItsFrames) {
  const fs::path video = folder_ / "video.avi";
  ASSERT_EQ(play("multifilesrc location=" + (part() / "train/good").string() +
                 "/%03d.png caps=image/png,framerate=10/1 ! pngdec ! videoconvert ! avimux ! "
                 "filesink location=" +
                 video.string()),
            "");
  ASSERT_EQ(mvga("fit " + video.string() + " -o " + model().string() + small_options()).code, 0);
  const fs::path a = statistics("a", "--shard 1/2", video);
  const fs::path b = statistics("b", "--shard 2/2", video);
  const Outcome outcome = merge({a, b});
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  EXPECT_TRUE(test::read_text(merged()) == test::read_text(model()));
}

TEST_F(Shards, ShowWhatIsInThem) {
  const Outcome outcome = mvga("inspect " + statistics("b", "--shard 2/2").string());
  EXPECT_EQ(outcome.code, 0);
  for (const char* words :
       {"resnet18, input 64", "8, all stored", "independent 8", "8 to 15 of set", "calibrated"})
    EXPECT_NE(outcome.printed.find(words), std::string::npos) << words << "? " << outcome.printed;
}

TEST_F(Shards, ThatAreCopiesOfEachOtherCountOnce) {
  const fs::path all = statistics("all");
  const fs::path twin = folder_ / "twin.mvgastats";
  fs::copy_file(all, twin);
  const Outcome outcome = merge({all, twin});
  EXPECT_EQ(outcome.code, 0) << outcome.printed;
  for (const char* words :
       {"twin.mvgastats is a copy of", "there are 16 (32 with their near copies)",
        "checked on 32, 16 of them independent", "for at most 17 % false alarms"})
    EXPECT_NE(outcome.printed.find(words), std::string::npos) << words << "? " << outcome.printed;
  const std::string shown = mvga("inspect " + merged().string()).printed;
  EXPECT_NE(shown.find("independent 16 of those held out"), std::string::npos) << shown;
}

TEST_F(Shards, ThatDoNotFitTogetherAreAnError) {
  const fs::path all = statistics("all");
  const fs::path first = statistics("first", "--shard 1/2");
  const fs::path more = statistics("more", "--shard 1/2 --max-frames 10");
  const fs::path cut = statistics("cut", "--roi 0,0,0.5,0.5");
  const fs::path paper = statistics("paper", "--profile paper");
  const fs::path lit = statistics("lit", "--light 0.2");
  const fs::path damaged = folder_ / "damaged.mvgastats";
  std::ofstream(damaged) << test::read_text(all).substr(0, 5000);
  const struct {
    std::vector<fs::path> files;
    std::string words;
  } cases[] = {
      {{all, cut}, "--roi"},
      {{all, paper}, "--profile"},
      {{all, lit}, "--light"},
      {{all, all}, "twice"},
      {{first, more}, "in common"},
      {{all, damaged}, "damaged.mvgastats"},
      {{folder_ / "no.mvgastats"}, "no such file"},
      {{small_weights()}, "not a statistics file"},
  };
  for (const auto& [files, words] : cases) {
    const Outcome outcome = merge(files);
    EXPECT_EQ(outcome.code, 1) << words;
    EXPECT_NE(outcome.printed.find(words), std::string::npos) << outcome.printed;
    EXPECT_EQ(outcome.printed.find('\n'), outcome.printed.size() - 1)
        << "not one line: " << outcome.printed;
  }
  EXPECT_FALSE(fs::exists(merged()));
}

TEST_F(Shards, ThatAreMissingAreWarnedOf) {
  const Outcome outcome = merge({statistics("a", "--shard 1/3"), statistics("c", "--shard 3/3")});
  EXPECT_EQ(outcome.code, 0) << outcome.printed;
  EXPECT_NE(outcome.printed.find("pictures 5 to 9 are missing"), std::string::npos)
      << outcome.printed;
}

TEST_F(Shards, WithoutPicturesAreAnError) {
  const Outcome outcome = mvga("fit " + part().string() + " --stats-only --shard 1/40 -o " +
                               (folder_ / "x.mvgastats").string() + small_options());
  EXPECT_EQ(outcome.code, 1);
  EXPECT_NE(outcome.printed.find("fewer shards"), std::string::npos) << outcome.printed;
}

TEST_F(Program, EndsWithOneAndOneLineWhenItFails) {
  for (const std::string& arguments :
       {"fit " + (folder_ / "nowhere").string() + " -o " + model().string() + small_options(),
        "fit " + part().string() + " -o " + (folder_ / "nowhere/x.mvga").string() + small_options(),
        "evaluate " + (part() / "test").string() + small_options(),
        "predict " + (folder_ / "no.mvga").string() + " " + part().string(),
        "inspect " + (part() / "train/good/000.png").string()}) {
    const Outcome outcome = mvga(arguments);
    EXPECT_EQ(outcome.code, 1) << arguments;
    EXPECT_EQ(outcome.printed.find('\n'), outcome.printed.size() - 1)
        << "not one line: " << outcome.printed;
    EXPECT_EQ(outcome.printed.rfind("mvga: ", 0), 0U) << outcome.printed;
  }
  EXPECT_FALSE(fs::exists(model())) << "a failed fit left a file";
}

TEST_F(Program, LearnsWithoutTheFilesThatItCannotRead) {
  std::ofstream(part() / "train/good/empty.png").flush();
  std::ofstream(part() / "train/good/text.png") << "this is no picture";
  const Outcome lenient = fit();
  EXPECT_EQ(lenient.code, 0);
  EXPECT_NE(lenient.printed.find("empty.png: the file is empty; passed over"), std::string::npos);
  EXPECT_NE(lenient.printed.find("warning: 2 of 18 files could not be read"), std::string::npos)
      << lenient.printed;
  EXPECT_NE(lenient.printed.find("learned 16 frames"), std::string::npos) << lenient.printed;

  fs::remove(model());
  const Outcome strict = fit("--strict");
  EXPECT_EQ(strict.code, 1);
  EXPECT_NE(strict.printed.find("mvga: " + (part() / "train/good/empty.png").string()),
            std::string::npos)
      << strict.printed;
  EXPECT_FALSE(fs::exists(model()));
}

TEST_F(Program, LearnsTheGoodPicturesOfAFolder) {
  const fs::path plain = folder_ / "plain";
  fs::create_directory(plain);
  fs::copy(part() / "train/good", plain / "OK");
  fs::copy(part() / "test/block", plain / "bad");
  const Outcome outcome =
      mvga("fit " + plain.string() + " -o " + model().string() + small_options());
  EXPECT_NE(outcome.printed.find("learned 16 frames"), std::string::npos) << outcome.printed;
}

TEST_F(Program, FailsWhenNothingCanBeRead) {
  for (const auto& entry : fs::directory_iterator(part() / "train/good"))
    fs::resize_file(entry.path(), 0);
  const Outcome learning = fit();
  EXPECT_EQ(learning.code, 1);
  EXPECT_NE(learning.printed.find("nothing in it could be read"), std::string::npos);
  const Outcome scoring =
      mvga("predict " + small_model().string() + " " + (part() / "train/good").string() +
           " --weights " + small_weights().string());
  EXPECT_EQ(scoring.code, 1) << scoring.printed;
}

TEST_F(Program, LearnsTheBeginningOfAVideoThatBreaksOff) {
  const fs::path video = folder_ / "film.mkv";
  write_video(video, 100);
  fs::resize_file(video, fs::file_size(video) / 2);
  const std::string arguments =
      "fit " + video.string() + " -o " + model().string() + small_options();
  const Outcome lenient = mvga(arguments);
  EXPECT_EQ(lenient.code, 0) << lenient.printed;
  EXPECT_NE(lenient.printed.find("breaks off after"), std::string::npos) << lenient.printed;
  EXPECT_TRUE(fs::exists(model()));
  fs::remove(model());
  EXPECT_EQ(mvga(arguments + "--strict").code, 1);
  EXPECT_FALSE(fs::exists(model()));
}

TEST_F(Program, SaysHowPicturesWereDividedAndWhatIsMissing) {
  const fs::path plain = folder_ / "plain";
  fs::create_directory(plain);
  fs::rename(part() / "train/good", plain / "good");
  fs::rename(part() / "test/block", plain / "bad");
  const Outcome outcome = mvga("evaluate -q " + plain.string() + small_options());
  EXPECT_EQ(outcome.code, 0);
  EXPECT_NE(outcome.printed.find("plain: there are no folders train and test: every fifth"),
            std::string::npos)
      << outcome.printed;
  EXPECT_NE(outcome.printed.find("plain: no masks: pixel AUROC, PRO and pixel AP are not given\n"),
            std::string::npos)
      << outcome.printed;
}

TEST_F(Program, FailsWhenItsResultsCannotBeWritten) {
  const Outcome scoring =
      mvga("predict " + small_model().string() + " " + (part() / "test/good").string() +
           " --weights " + small_weights().string() + " 2>&1 >/dev/full; exit $?; true");
  EXPECT_EQ(scoring.code, 1);
  EXPECT_NE(scoring.printed.find("standard output cannot be written: No space left"),
            std::string::npos)
      << scoring.printed;
}

/// The default that a command's help shows after an option, "none" if it shows none.
std::string default_in(const std::string& help, const std::string& option) {
  const std::size_t at = help.find("--" + option + " ");
  if (at == std::string::npos) return "no such option";
  // "--threads INT:INT in [0 - 1024]=0", of later versions of CLI11 "... [0 - 1024] [0]".
  std::string line = help.substr(at, help.find('\n', at) - at);
  if (const std::size_t sign = line.find('='); sign != std::string::npos)
    return line.substr(sign + 1, line.find(' ', sign) - sign - 1);
  const std::size_t open = line.rfind('[');
  if (open == std::string::npos) return "none";
  return line.substr(open + 1, line.find(']', open) - open - 1);
}

std::string text_of(const GValue* value) {
  if (G_VALUE_HOLDS_STRING(value))
    return g_value_get_string(value) != nullptr ? g_value_get_string(value) : "none";
  gchar* text = gst_value_serialize(value);
  std::string result = text;
  g_free(text);
  return result;
}

TEST_F(Program, FitHasTheOptionsOfMvgafitWithItsDefaults) {
  const std::string help = mvga("fit --help").printed;
  GstElement* element = gst_element_factory_make("mvgafit", nullptr);
  ASSERT_NE(element, nullptr);
  guint count = 0;
  GParamSpec** properties = g_object_class_list_properties(G_OBJECT_GET_CLASS(element), &count);
  int compared = 0;
  for (guint i = 0; i < count; ++i) {
    const std::string name = properties[i]->name;
    // Of the base classes; and the program's output has a name of its own.
    if (properties[i]->owner_type != G_OBJECT_TYPE(element) || name == "model") continue;
    ++compared;
    const std::string wanted = text_of(g_param_spec_get_default_value(properties[i]));
    const std::string shown = default_in(help, name);
    if (name == "light")
      EXPECT_EQ(std::pair(shown, wanted), std::pair(std::string("auto"), std::string("-1")));
    else if (G_IS_PARAM_SPEC_DOUBLE(properties[i]))
      EXPECT_DOUBLE_EQ(std::atof(shown.c_str()), std::atof(wanted.c_str())) << name;
    else
      EXPECT_EQ(shown, wanted) << name << " in " << help;
  }
  EXPECT_GE(compared, 13) << "the properties are not looked at";
  g_free(properties);
  gst_object_unref(element);
}

TEST_F(Program, EndsWithTwoWhenItIsCalledWrongly) {
  for (const char* arguments :
       {"", "learn", "fit", "fit a -o b --target-fpr 7", "inspect", "merge", "merge -o b.mvga",
        "merge a", "merge a -o b --variance 0.1", "merge a.mvgastats -o b.mvgastats",
        "fit a -o b.mvga --stats-only", "fit a -o b.mvgastats", "fit a -o b.mvga --shard 1/2",
        "fit a -o b.mvgastats --stats-only --shard 3/2",
        "fit a -o b.mvgastats --stats-only --shard 0/2",
        "fit a -o b.mvgastats --stats-only --shard half"}) {
    const Outcome outcome = mvga(arguments);
    EXPECT_EQ(outcome.code, 2) << "mvga " << arguments << ": " << outcome.printed;
  }
}

TEST_F(Program, HelpsWithAnExample) {
  for (const char* command : {"fit", "merge", "evaluate", "predict", "inspect", "weights",
                              "weights get", "weights list", "weights path"}) {
    const Outcome outcome = mvga(std::string(command) + " --help");
    EXPECT_EQ(outcome.code, 0);
    EXPECT_NE(outcome.printed.find("Example:"), std::string::npos) << command;
  }
}

}  // namespace
}  // namespace mvga::testing
