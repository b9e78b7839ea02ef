// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What the C library reads behind other elements, and in other languages and programs.
#include <gst/app/gstappsink.h>
#include <gtest/gtest.h>
#include <mvga/anomaly.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "gst/frames/handles.h"
#include "tests/gst/harness/film.h"
#include "tests/gst/harness/play.h"
#include "tests/gst/harness/run_command.h"
#include "tests/gst/harness/small_model.h"
#include "tests/gst/meta/metadata_in_c.h"
#include "tests/models/temporary_folder.h"

namespace mvga::testing {
namespace {

class MetadataPassages : public ::testing::Test {
 protected:
  // The first frames are normal, the last are not.
  void SetUp() override { write_film(film(), "nnnnnnAAA", kLosslessEncoder); }

  std::filesystem::path film() const { return folder / "film.mkv"; }

  /// What mvgadetect says of each frame, read behind these elements.
  std::vector<std::string> read_behind(const std::string& elements) const {
    return read_from("filesrc location=" + film().string() + " ! decodebin ! " + detector() +
                     " ! " + elements);
  }

  static std::string detector() {
    return "mvgadetect threads=1 model=" + small_model().string() +
           " weights=" + small_weights().string() + " attach=score+regions+map+mask";
  }

  /// The frames at the end of this pipeline, "nothing" for one that carries nothing.
  static std::vector<std::string> read_from(const std::string& elements) {
    GError* error = nullptr;
    const gst::Pipeline pipeline(
        gst_parse_launch((elements + "appsink name=sink sync=false").c_str(), &error));
    if (error != nullptr) throw std::runtime_error(gst::Owned<GError>(error)->message);
    const gst::Owned<GstElement> sink(gst_bin_get_by_name(GST_BIN(pipeline.get()), "sink"));
    gst_element_set_state(pipeline.get(), GST_STATE_PLAYING);
    std::vector<std::string> frames;
    while (const gst::Owned<GstSample> sample{gst_app_sink_pull_sample(GST_APP_SINK(sink.get()))}) {
      const gst::String text(metadata_in_c(gst_sample_get_buffer(sample.get())));
      frames.emplace_back(text ? text.get() : "nothing");
    }
    return frames;
  }

  const TemporaryFolder folder;
};

bool has_places(const std::string& frame) {
  return frame.find("\nroi ") != std::string::npos;
}

TEST_F(MetadataPassages, ChangeNothing) {
  const std::vector<std::string> plain = read_behind("");
  ASSERT_EQ(plain.size(), 9u);
  EXPECT_NE(plain[8].find("anomalous 1"), std::string::npos) << plain[8];
  EXPECT_NE(plain[8].find("\nregion "), std::string::npos) << plain[8];
  for (const char* elements :
       {"videoconvert ! video/x-raw,format=RGB ! ",
        "videoscale ! video/x-raw,width=48,height=32 ! ", "x264enc tune=zerolatency ! h264parse ! ",
        "jpegenc ! ", "jpegenc ! jpegdec ! "})
    EXPECT_EQ(read_behind(elements), plain) << elements;
}

TEST_F(MetadataPassages, TakeThePlacesAwayWhenTheyWouldBeWrong) {
  const std::vector<std::string> plain = read_behind("");
  for (const char* elements :
       {"videocrop left=8 ! ", "videobox left=-8 ! ",
        "videoscale ! video/x-raw,width=64,height=64,pixel-aspect-ratio=1/1 ! "}) {
    const std::vector<std::string> frames = read_behind(elements);
    ASSERT_EQ(frames.size(), plain.size()) << elements;
    for (std::size_t i = 0; i < frames.size(); ++i) {
      EXPECT_TRUE(has_places(plain[i]));
      EXPECT_FALSE(has_places(frames[i])) << elements;
      const std::string verdict = plain[i].substr(0, plain[i].find("roi "));
      EXPECT_EQ(frames[i].substr(0, verdict.size()), verdict) << elements;
    }
  }
}

TEST_F(MetadataPassages, AreGoneBehindACompositorAndInAFile) {
  for (const std::string& frame : read_behind("compositor ! ")) EXPECT_EQ(frame, "nothing");
  const std::string file = (folder / "recording.mkv").string();
  ASSERT_EQ(play("filesrc location=" + film().string() + " ! decodebin ! " + detector() +
                 " ! x264enc ! matroskamux ! filesink location=" + file),
            "");
  const std::vector<std::string> stored =
      read_from("filesrc location=" + file + " ! matroskademux ! ");
  EXPECT_EQ(stored, std::vector<std::string>(9, "nothing"));
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += text;
  return all;
}

/// The command finds the small weights by their name.
std::string with_weights(const std::string& command) {
  return "MVGA_WEIGHTS_PATH=" + small_weights().parent_path().string() + " " + command;
}

TEST_F(MetadataPassages, ReadTheSameInPython) {
  const std::string script = setting("MVGA_PRINT_METADATA");
  if (script.empty()) GTEST_SKIP() << "built without introspection";
  const Outcome python =
      run_command(with_weights(script + " " + film().string() + " " + small_model().string()));
  if (python.code == 77) GTEST_SKIP() << python.printed;
  EXPECT_EQ(python.code, 0) << python.printed;
  EXPECT_EQ(python.printed, joined(read_behind("")));
}

// ---- examples/read-metadata

class ReadMetadata : public MetadataPassages {
 protected:
  static std::string program(const char* language) {
    return setting((std::string("MVGA_READ_METADATA_") + language).c_str());
  }
  Outcome run(const char* language, const std::string& options = "") const {
    return run_command(with_weights(program(language) + " " + film().string() + " " +
                                    small_model().string() + options));
  }
};

int lines_in(const std::string& text) {
  return static_cast<int>(std::count(text.begin(), text.end(), '\n'));
}

TEST_F(ReadMetadata, PrintsTheAnomalousFrames) {
  if (program("C").empty()) GTEST_SKIP() << "built without examples";
  const Outcome anomalous = run("C");
  EXPECT_EQ(anomalous.code, 0) << anomalous.printed;
  EXPECT_EQ(anomalous.printed.find("0.240 s  fresh  anomalous  score "), 0u) << anomalous.printed;
  EXPECT_NE(anomalous.printed.find("  event 1  region "), std::string::npos) << anomalous.printed;
  EXPECT_EQ(lines_in(anomalous.printed), 3) << anomalous.printed;
  const Outcome all = run("C", " --all");
  EXPECT_EQ(all.printed.find("0.000 s  fresh  normal  score "), 0u) << all.printed;
  EXPECT_EQ(lines_in(all.printed), 9) << all.printed;
}

TEST_F(ReadMetadata, PrintsTheSameInEveryLanguage) {
  if (program("C").empty()) GTEST_SKIP() << "built without examples";
  for (const char* options : {"", " --all"}) {
    const std::string expected = run("C", options).printed;
    EXPECT_EQ(run("CPP", options).printed, expected) << "C++";
    if (program("PYTHON").empty()) continue;
    EXPECT_EQ(run("PYTHON", options).printed, expected) << "Python";
  }
}

TEST_F(ReadMetadata, SaysWhatIsWrong) {
  if (program("C").empty()) GTEST_SKIP() << "built without examples";
  std::filesystem::remove(film());
  for (const char* language : {"C", "CPP", "PYTHON"}) {
    if (program(language).empty()) continue;
    const Outcome outcome = run(language);
    EXPECT_EQ(outcome.code, 1) << language;
    EXPECT_EQ(lines_in(outcome.printed), 1) << outcome.printed;
    EXPECT_EQ(run_command(program(language)).code, 2) << language << " without arguments";
  }
}

}  // namespace
}  // namespace mvga::testing
