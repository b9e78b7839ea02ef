// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Films whose file is shorter than it was.

#include "tools/media/whole_file.h"

#include <filesystem>
#include <string>

#include "tests/core/io/test_files.h"
#include "tests/gst/harness/play.h"
#include "tests/tools/media/media_fixture.h"

namespace mvga::tool {
namespace {

using test::read_text;
using test::write_text;
using testing::contains;

class WholeFile : public testing::MediaFolder {
 protected:
  /// 50 frames, two seconds.
  void make(const std::string& name, const std::string& muxer) const {
    ASSERT_EQ(testing::play("videotestsrc pattern=snow num-buffers=50 ! video/x-raw,format=I420,"
                            "width=48,height=40,framerate=25/1 ! jpegenc ! " +
                            muxer + " ! filesink location=" + at(name).string()),
              "");
  }
};

/// With what a player needs in front.
constexpr const char* kQuickTime = "qtmux faststart=true";

TEST_F(WholeFile, IsToldFromOneThatWasCut) {
  for (const char* muxer : {kQuickTime, "qtmux fragment-duration=500", "matroskamux", "avimux"}) {
    make("film", muxer);
    const std::string whole = read_text(at("film"));
    const auto length = length_of_film(at("film"));
    ASSERT_TRUE(length) << muxer << ": what it says of its length is not understood";
    EXPECT_FALSE(length->cut()) << muxer;
    EXPECT_EQ(length->promised, whole.size()) << muxer;
    for (const std::size_t kept : {whole.size() - 2, whole.size() * 9 / 10, whole.size() / 2}) {
      write_text(at("cut"), whole.substr(0, kept));
      const auto cut = length_of_film(at("cut"));
      EXPECT_TRUE(cut && cut->cut()) << muxer << " with " << kept << " of " << whole.size();
    }
  }
}

TEST_F(WholeFile, MayNotBeKnown) {
  make("streamed", "matroskamux streamable=true");
  EXPECT_FALSE(length_of_film(at("streamed"))) << "it was never gone back to";
  write_text(at("text"), "this is no film, and long enough to be looked at");
  write_text(at("short"), "\x1a\x45");
  for (const char* name : {"text", "short", "none"}) EXPECT_FALSE(length_of_film(at(name))) << name;
}

TEST_F(WholeFile, IsMissedHoweverLittleIsGone) {
  for (const char* muxer : {kQuickTime, "matroskamux"}) {
    make("film", muxer);
    const std::string whole = read_text(at("film"));
    for (const double share : {0.3, 0.9, 0.97}) {
      const auto kept = static_cast<std::size_t>(share * static_cast<double>(whole.size()));
      write_text(at("cut"), whole.substr(0, kept));
      std::size_t frames = 0;
      std::string said;
      try {
        for_each_frame(at("cut"), [&](const Frame&) { return ++frames > 0; });
      } catch (const BrokenOff& e) {
        said = e.what();
      }
      EXPECT_TRUE(frames > 5 && frames < 50) << muxer << " " << share << ": " << frames;
      EXPECT_TRUE(contains(said, "breaks off after " + std::to_string(frames) + " frames") &&
                  contains(said, std::to_string(kept) + " of " + std::to_string(whole.size())))
          << muxer << " " << share << ": " << said;
    }
  }
}

}  // namespace
}  // namespace mvga::tool
