// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// mvga record with sources whose times are not those of a film.

#include <gtest/gtest.h>

#include <functional>

#include "tests/tools/record/record_fixture.h"

namespace mvga::testing {
namespace {

using Retime = std::function<void(GstBuffer*, unsigned)>;

void stamp(GstBuffer* buffer, GstClockTime time) {
  GST_BUFFER_PTS(buffer) = time;
  GST_BUFFER_DTS(buffer) = time;
}

class RecordTimes : public Record {
 protected:
  void SetUp() override { write_film(film(), frames(110, 20, 120)); }
  std::string retimed(const Retime& retime) const {
    write_retimed(film(), folder_ / "film.gdp", retime);
    return "filesrc location=" + (folder_ / "film.gdp").string() + " ! gdpdepay";
  }
  /// The clip that CutsTheClipOutOfTheStream has of this film as it is.
  void expect_the_clip(const Outcome& outcome) const {
    ASSERT_EQ(outcome.code, 0) << outcome.printed;
    ASSERT_EQ(files(".mkv").size(), 1u) << outcome.printed;
    const std::vector<StoredFrame> clip = stored_frames(files(".mkv")[0]);
    const std::vector<StoredFrame> all = stored_frames(film());
    ASSERT_EQ(clip.size(), 155u - 75u);
    for (std::size_t i = 0; i < clip.size(); ++i) {
      EXPECT_EQ(clip[i].time, i * kFilmFrame) << i;
      EXPECT_TRUE(clip[i].bytes == all[75 + i].bytes) << "frame " << i << " is of another moment";
    }
    ASSERT_EQ(events().size(), 1u);
    EXPECT_NEAR(events()[0]["start"], 112 * 0.04, 0.001);
    EXPECT_NEAR(events()[0]["clips"][0]["event_at"], (112 - 75) * 0.04, 0.001);
  }
};

TEST_F(RecordTimes, MayBeMissing) {
  expect_the_clip(record(retimed([](GstBuffer* buffer, unsigned) {
    stamp(buffer, GST_CLOCK_TIME_NONE);
    GST_BUFFER_DURATION(buffer) = GST_CLOCK_TIME_NONE;
  })));
}

TEST_F(RecordTimes, MayBeWrongOnce) {
  for (const GstClockTime wrong : {GstClockTime{7200} * GST_SECOND, GstClockTime{0}}) {
    std::filesystem::remove_all(out());
    const Outcome outcome = record(retimed([&](GstBuffer* buffer, unsigned number) {
      if (number == 115) stamp(buffer, wrong);
    }));
    expect_the_clip(outcome);
    EXPECT_NE(outcome.printed.find("warning: at 4.6 s the times of the source jump"),
              std::string::npos)
        << outcome.printed;
  }
}

TEST_F(RecordTimes, MayBeginAgain) {
  const Outcome outcome = record(retimed([](GstBuffer* buffer, unsigned number) {
    if (number >= 115) stamp(buffer, (number - 115) * kFilmFrame);
  }));
  expect_the_clip(outcome);
  EXPECT_NE(outcome.printed.find("jump back by 4.6 s"), std::string::npos) << outcome.printed;
}

TEST_F(RecordTimes, MayBeOfASegmentThatBeginsLate) {
  const std::string source =
      film_source() +
      " ! matroskademux ! h264parse ! avdec_h264 ! x264enc key-int-max=25 bframes=2";
  for (const char* more : {"", "--overlay"}) {
    std::filesystem::remove_all(out());
    const Outcome outcome = record(source, more);
    ASSERT_EQ(outcome.code, 0) << outcome.printed;
    ASSERT_EQ(files(".mkv").size(), 1u) << outcome.printed;
    ASSERT_EQ(events().size(), 1u);
    EXPECT_NEAR(events()[0]["start"], 112 * 0.04, 0.001) << more;
    EXPECT_EQ(events()[0]["clips"].size(), 1u) << more;
  }
}

TEST_F(RecordTimes, MayBeThoseOfBytes) {
  const std::string raw = (folder_ / "film.raw").string();
  ASSERT_EQ(play(film_source() +
                 " ! matroskademux ! h264parse ! avdec_h264 ! videoconvert ! "
                 "video/x-raw,format=I420 ! filesink location=" +
                 raw),
            "");
  const Outcome outcome =
      record("fdsrc blocksize=9216 ! video/x-raw,format=I420,width=96,height=64,framerate=25/1",
             "<" + raw);
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  EXPECT_EQ(outcome.printed.find("CRITICAL"), std::string::npos) << outcome.printed;
  ASSERT_EQ(files(".mkv").size(), 1u) << outcome.printed;
  EXPECT_NEAR(events().at(0)["start"], 112 * 0.04, 0.001);
  EXPECT_EQ(stored_frames(files(".mkv")[0]).size(), 155u - 75u);
}

TEST_F(RecordTimes, MayBeUnknownToMotionJpeg) {
  write_film(film(), frames(60, 20, 60), "jpegenc");
  const std::string jpegs = (folder_ / "film.mjpeg").string();
  ASSERT_EQ(play(film_source() + " ! matroskademux ! filesink location=" + jpegs), "");
  const Outcome outcome = record("filesrc location=" + jpegs + " ! image/jpeg");
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  EXPECT_NE(outcome.printed.find("1 event in 140 frames"), std::string::npos) << outcome.printed;
  ASSERT_EQ(files(".mkv").size(), 1u) << outcome.printed;
  expect_part_of(stored_frames(film()), 62 - 25, stored_frames(files(".mkv")[0]));
}

// ---- what was lost

TEST_F(RecordTimes, SaysThatAClipCannotBeWritten) {
  const std::string command = "(trap '' XFSZ; ulimit -f 20; exec $MVGA_TOOL " +
                              arguments(film_source()) + " 2>&1) >" +
                              (folder_ / "printed").string();
  const int status = std::system(command.c_str());
  const std::string printed = test::read_text(folder_ / "printed");
  EXPECT_NE(status, 0) << printed;
  EXPECT_NE(printed.find("the clip cannot be written"), std::string::npos) << printed;
  EXPECT_NE(printed.find(": no clip"), std::string::npos) << "there is none to name: " << printed;
  EXPECT_NE(printed.find("event 1 has no clip"), std::string::npos) << printed;
}

TEST_F(RecordTimes, SaysThatNothingCanBeDecoded) {
  const std::string noise = (folder_ / "noise.mkv").string();
  ASSERT_EQ(
      play("videotestsrc num-buffers=50 ! video/x-raw,format=GRAY8,width=96,height=64 ! "
           "capssetter join=false replace=true caps=image/jpeg,width=96,height=64,framerate=25/1 ! "
           "matroskamux ! filesink location=" +
           noise),
      "");
  const Outcome outcome = record("filesrc location=" + noise);
  EXPECT_EQ(outcome.code, 1) << outcome.printed;
  EXPECT_NE(outcome.printed.find("could not be decoded"), std::string::npos) << outcome.printed;
}

TEST_F(RecordTimes, SaysThatThereWasNoVideo) {
  test::write_text(film(), test::read_text(film()).substr(0, 300));
  const Outcome outcome = record(film_source());
  EXPECT_EQ(outcome.code, 1) << "a film that breaks off in its head";
}

}  // namespace
}  // namespace mvga::testing
