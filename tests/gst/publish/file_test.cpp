// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// mvgapublish to a file: properties, waiting, flushing and stopping, and the end of the stream.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <future>
#include <sstream>

#include "gst/meta/anomaly_meta.h"
#include "tests/core/io/file_size_limit.h"
#include "tests/core/io/test_files.h"
#include "tests/gst/harness/gst_launch.h"
#include "tests/gst/harness/publish_harness.h"
#include "tests/gst/harness/small_model.h"
#include "tests/models/temporary_folder.h"

namespace mvga::testing {
namespace {

using namespace std::chrono_literals;

/// Something that takes 4 KiB and then nothing until somebody reads.
class SlowReader {
 public:
  SlowReader() {
    mkfifo(path().c_str(), 0600);
    fd_ = open(path().c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    fcntl(fd_, F_SETPIPE_SZ, 4096);
  }
  ~SlowReader() { close(fd_); }
  SlowReader(const SlowReader&) = delete;
  SlowReader& operator=(const SlowReader&) = delete;

  std::string path() const { return (folder_ / "pipe").string(); }
  /// All that comes until so many lines have; waits for them.
  std::size_t read_lines(std::size_t wanted) {
    fcntl(fd_, F_SETFL, 0);
    std::size_t lines = 0;
    char part[4096];
    while (lines < wanted) {
      const ssize_t got = read(fd_, part, sizeof part);
      if (got <= 0) break;
      lines += static_cast<std::size_t>(std::count(part, part + got, '\n'));
    }
    return lines;
  }

 private:
  TemporaryFolder folder_;
  int fd_;
};

class PublishFile : public ::testing::Test {
 protected:
  std::filesystem::path file() const { return folder_ / "out.jsonl"; }
  TemporaryFolder folder_;
};

TEST_F(PublishFile, HasALineForEveryFrameWhenTheStreamHasEnded) {
  Publish publish;
  publish.set("file-path", file().c_str(), "source", "line-3", "tags", R"({"shift": 2})");
  publish.start();
  publish.publish(20);
  publish.end();
  const auto documents = documents_in(file());
  ASSERT_EQ(documents.size(), 20u);
  EXPECT_EQ(schema_complaints(documents, "mvga-frame-1.json"), "");
  EXPECT_EQ(documents[7]["timestamp"], 7 * GST_SECOND);
  EXPECT_EQ(documents[7]["source"], "line-3");
  EXPECT_EQ(documents[7]["tags"]["shift"], 2);
  EXPECT_EQ(documents[7]["resolution"]["width"], 200);
  EXPECT_EQ(publish.counts().published, 20u);
  EXPECT_EQ(publish.counts().queued, 0u);
}

TEST_F(PublishFile, AppendsToWhatIsThere) {
  for (int i = 0; i < 2; ++i) {
    Publish publish;
    publish.set("file-path", file().c_str());
    publish.start();
    publish.publish(3);
    publish.stop();
  }
  EXPECT_EQ(documents_in(file()).size(), 6u) << "stopping writes what is queued, too";
}

TEST_F(PublishFile, LeavesFramesAlone) {
  Publish publish;
  publish.set("file-path", file().c_str());
  publish.start();
  Buffer frame = frame_with(example_result(), 0);
  GstBuffer* const same = frame.get();
  gst_buffer_ref(same);  // shared: writing would take a copy
  publish.push(std::move(frame));
  EXPECT_EQ(publish.pull().get(), same);
  gst_buffer_unref(same);
}

TEST_F(PublishFile, CanKeepToAnomalousFrames) {
  Publish publish;
  publish.set("file-path", file().c_str(), "only-anomalous", TRUE);
  publish.start();
  for (const double score : {7.0, 1.0, 8.0}) publish.publish(example_result(score), 0);
  publish.publish(result_without_detection(gst::FrameStatus::skipped), 0);
  publish.end();
  EXPECT_EQ(documents_in(file()).size(), 2u);
}

TEST_F(PublishFile, CanTellEventsAlone) {
  Publish publish;
  publish.set("file-path", file().c_str(), "granularity", 1);
  publish.start();
  for (const double score : {1.0, 7.0, 8.0, 1.0, 1.0, 9.0})
    publish.publish(example_result(score), 0);
  publish.end();
  const auto documents = documents_in(file());
  EXPECT_EQ(schema_complaints(documents, "mvga-event-1.json"), "");
  ASSERT_EQ(documents.size(), 4u);
  EXPECT_EQ(documents[3]["event"], "end") << "an event ends with the stream";
}

TEST_F(PublishFile, EndsAnEventWithAFlush) {
  Publish publish;
  publish.set("file-path", file().c_str(), "granularity", 1);
  publish.start();
  publish.publish(2);
  publish.push_event(gst_event_new_flush_start());
  publish.push_event(gst_event_new_flush_stop(TRUE));
  publish.stop();
  ASSERT_EQ(documents_in(file()).size(), 2u);
}

/// Frames as an encoder with B-frames gives them: of seven the third to the fifth are anomalous.
void publish_in_order_of_decoding(Publish& publish, GstClockTime start) {
  const int order[] = {0, 3, 1, 2, 6, 4, 5};
  for (int i = 0; i < 7; ++i) {
    const int shown = order[i];
    const bool anomalous = shown >= 2 && shown <= 4;
    const GstClockTime dts = start + static_cast<GstClockTime>(i) * GST_SECOND - 2 * GST_SECOND;
    publish.push(frame_with(example_result(anomalous ? 7 : 1),
                            start + static_cast<GstClockTime>(shown) * GST_SECOND, dts));
    publish.pull();
  }
}

TEST_F(PublishFile, SeesEventsInTheOrderInWhichFramesAreShown) {
  Publish publish;
  publish.set("file-path", file().c_str(), "granularity", 1);
  publish.start();
  publish_in_order_of_decoding(publish, 10 * GST_SECOND);
  publish.end();
  const auto documents = documents_in(file());
  ASSERT_EQ(documents.size(), 2u) << "one event is one start and one end";
  EXPECT_EQ(documents[1]["start"], 12 * GST_SECOND);
  EXPECT_EQ(documents[1]["end"], 14 * GST_SECOND);
  EXPECT_EQ(documents[1]["frames"], 3);
}

TEST_F(PublishFile, LosesNoFrameThatWasKeptForItsTurn) {
  for (const char* end : {"eos", "flush", "stop"}) {
    std::filesystem::remove(file());
    Publish publish;
    publish.set("file-path", file().c_str());
    publish.start();
    publish_in_order_of_decoding(publish, 10 * GST_SECOND);
    publish_in_order_of_decoding(publish, 2 * GST_SECOND);  // a source that starts again
    if (end == std::string("eos")) publish.end();
    if (end == std::string("flush")) {
      publish.push_event(gst_event_new_flush_start());
      publish.push_event(gst_event_new_flush_stop(TRUE));
    }
    publish.stop();
    std::string times;
    for (const auto& document : documents_in(file()))
      times += std::to_string(document["timestamp"].get<GstClockTime>() / GST_SECOND) + " ";
    EXPECT_EQ(times, "10 11 12 13 14 15 16 2 3 4 5 6 7 8 ") << end;
  }
}

TEST_F(PublishFile, CountsInStreamTime) {
  Publish publish;
  publish.set("file-path", file().c_str());
  publish.start();
  GstSegment segment;
  gst_segment_init(&segment, GST_FORMAT_TIME);
  segment.start = 3'600'000 * GST_SECOND;  // as x264enc counts
  segment.time = 5 * GST_SECOND;
  publish.push_event(gst_event_new_segment(&segment));
  publish.publish(example_result(), segment.start + GST_SECOND);
  publish.end();
  ASSERT_EQ(documents_in(file()).size(), 1u);
  EXPECT_EQ(documents_in(file())[0]["timestamp"], 6 * GST_SECOND);
}

// ---- what others write into metadata

using Spoil = void (*)(GstStructure* anomaly, GstStructure* places);

/// A frame whose metas somebody has changed.
Buffer spoilt_frame(const gst::FrameResult& result, Spoil spoil) {
  Buffer frame = frame_with(result, GST_SECOND);
  spoil(gst::meta_structure(frame.get(), gst::kAnomalyMetaName),
        gst::meta_structure(frame.get(), gst::kPlacesMetaName));
  return frame;
}

TEST_F(PublishFile, PassesOverMetadataThatIsNone) {
  const Spoil spoils[] = {
      [](GstStructure* meta, GstStructure*) {
        gst_structure_set(meta, "event-id", G_TYPE_STRING, "1", nullptr);
      },
      [](GstStructure* meta, GstStructure*) {
        gst_structure_set(meta, "score", G_TYPE_STRING, "high", nullptr);
      },
      [](GstStructure* meta, GstStructure*) {
        gst_structure_set(meta, "anomalous", G_TYPE_INT, 1, nullptr);
      },
      [](GstStructure* meta, GstStructure*) { gst_structure_remove_field(meta, "status"); },
      [](GstStructure* meta, GstStructure*) { gst_structure_remove_all_fields(meta); }};
  for (const guint granularity : {0u, 1u}) {
    std::filesystem::remove(file());
    Publish publish;
    publish.set("file-path", file().c_str(), "granularity", granularity);
    publish.start();
    for (const Spoil spoil : spoils)
      EXPECT_EQ(publish.push(spoilt_frame(example_result(), spoil)), GST_FLOW_OK);
    publish.publish(example_result(), GST_SECOND);
    publish.end();
    const auto warning = publish.warning();
    ASSERT_TRUE(warning);
    EXPECT_NE(warning->text.find("event-id"), std::string::npos) << warning->text;
    EXPECT_FALSE(publish.error()) << "the pipeline goes on";
    EXPECT_EQ(documents_in(file()).size(), granularity == 0 ? 1u : 2u);
  }
}

TEST_F(PublishFile, LetsNoMetaReplaceWhatTheDocumentSays) {
  Publish publish;
  publish.set("file-path", file().c_str());
  publish.start();
  publish.push(spoilt_frame(example_result(), [](GstStructure* anomaly, GstStructure* places) {
    for (const char* name : {"timestamp", "utc", "source", "type", "tags", "frames"})
      gst_structure_set(anomaly, name, G_TYPE_STRING, "mine", nullptr);
    gst_structure_set(places, "score", G_TYPE_STRING, "low", "anomalous", G_TYPE_BOOLEAN, FALSE,
                      "event-id", G_TYPE_STRING, "7", "objects", G_TYPE_INT, 3, nullptr);
  }));
  publish.push(spoilt_frame(result_without_detection(gst::FrameStatus::skipped),
                            [](GstStructure* anomaly, GstStructure*) {
                              gst_structure_set(anomaly, "score", G_TYPE_STRING, "high",
                                                "anomalous", G_TYPE_STRING, "yes", "learn-frames",
                                                G_TYPE_STRING, "many", nullptr);
                            }));
  publish.end();
  const auto documents = documents_in(file());
  EXPECT_EQ(schema_complaints(documents, "mvga-frame-1.json"), "");
  ASSERT_EQ(documents.size(), 2u);
  EXPECT_EQ(documents[0]["score"], 7.5);
  EXPECT_EQ(documents[0]["anomalous"], true);
  EXPECT_EQ(documents[0]["event_id"], 1);
  EXPECT_EQ(documents[0]["timestamp"], GST_SECOND);
  EXPECT_FALSE(documents[1].contains("score"));
}

TEST_F(PublishFile, TakesNoStructureForOne) {
  const Spoil spoils[] = {
      [](GstStructure* anomaly, GstStructure* places) {
        for (GstStructure* meta : {anomaly, places})
          gst_structure_set(meta, "lens", GST_TYPE_STRUCTURE, nullptr, nullptr);
      },
      [](GstStructure*, GstStructure* places) {
        gst_structure_set(places, "regions", GST_TYPE_STRUCTURE, nullptr, nullptr);
      },
      [](GstStructure*, GstStructure* places) {
        const gst::Structure list(gst_structure_new_empty("regions"));
        gst_structure_set(list.get(), "region-0", GST_TYPE_STRUCTURE, nullptr, nullptr);
        gst_structure_set(places, "regions", GST_TYPE_STRUCTURE, list.get(), nullptr);
      }};
  Publish publish;
  publish.set("file-path", file().c_str());
  publish.start();
  for (const Spoil spoil : spoils) publish.push(spoilt_frame(example_result(), spoil));
  publish.end();
  ASSERT_EQ(documents_in(file()).size(), 3u);
  EXPECT_EQ(documents_in(file())[0]["objects"].size(), 2u);
  EXPECT_FALSE(documents_in(file())[1].contains("objects"));
}

// ---- a disk that is full

TEST_F(PublishFile, LeavesNoHalfLineOnAFullDisk) {
  {
    const test::FileSizeLimit limit(10'000);
    Publish publish;
    publish.set("file-path", file().c_str(), "drain-timeout", 10);
    publish.start();
    publish.publish(100);
    publish.end();
    const auto warning = publish.warning();
    ASSERT_TRUE(warning) << "what is lost is said";
    publish.stop();
  }
  const std::size_t lines = documents_in(file()).size();
  EXPECT_GT(lines, 5u);
  EXPECT_LT(lines, 100u);
  Publish next;
  next.set("file-path", file().c_str());
  next.start();
  next.publish(3);
  next.end();
  EXPECT_EQ(documents_in(file()).size(), lines + 3);
}

TEST_F(PublishFile, DoesNotGoOnInALineThatSomebodyLeft) {
  test::write_text(file(), R"({"half": )");
  Publish publish;
  publish.set("file-path", file().c_str());
  publish.start();
  publish.publish(2);
  publish.end();
  const std::string text = test::read_text(file());
  EXPECT_EQ(text.substr(0, 10), "{\"half\": \n") << text;
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 3);
}

TEST_F(PublishFile, WarnsOnceOfFramesWithoutMetadata) {
  Publish publish;
  publish.set("file-path", file().c_str());
  publish.start();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(publish.push(Buffer(gst_buffer_new())), GST_FLOW_OK);
  const auto warning = publish.warning();
  ASSERT_TRUE(warning);
  EXPECT_NE(warning->text.find("mvgadetect before mvgapublish"), std::string::npos);
  EXPECT_FALSE(publish.warning());
}

TEST(PublishSettings, RefusesAFileThatCannotBeWrittenAndSaysWhatToDo) {
  for (const char* path : {"/no/such/folder/out.jsonl", ""}) {
    Publish publish;
    publish.set("file-path", path);
    EXPECT_FALSE(publish.play());
    const auto error = publish.error();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->domain, GST_RESOURCE_ERROR);
    EXPECT_EQ(error->code, GST_RESOURCE_ERROR_OPEN_WRITE);
    EXPECT_NE(error->text.find(path), std::string::npos);
    EXPECT_NE(error->text.find("file-path"), std::string::npos) << error->text;
  }
}

TEST(PublishSettings, RefusesTagsThatAreNoObject) {
  for (const char* tags : {"[1]", "shift=late", "{"}) {
    Publish publish;
    publish.set("method", 1, "tags", tags);
    EXPECT_FALSE(publish.play());
    const auto error = publish.error();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code, GST_RESOURCE_ERROR_SETTINGS);
  }
}

TEST(PublishSettings, DoesNotReadThePasswordBack) {
  Publish publish;
  const GParamSpec* password =
      g_object_class_find_property(G_OBJECT_GET_CLASS(publish.element()), "password");
  EXPECT_FALSE(password->flags & G_PARAM_READABLE);
  EXPECT_TRUE(password->flags & G_PARAM_WRITABLE);
}

TEST(PublishStop, DoesNotWaitForAReaderThatDoesNotRead) {
  SlowReader reader;
  Publish publish;
  publish.set("file-path", reader.path().c_str(), "drain-timeout", 10);
  publish.start();
  publish.publish(100);
  publish.end();
  const auto warning = publish.warning();
  ASSERT_TRUE(warning);
  EXPECT_NE(warning->text.find("had not arrived"), std::string::npos) << warning->text;
  EXPECT_GT(publish.counts().queued, 0u);
  publish.stop();
}

TEST(PublishQueue, DropsTheOldestAndLetsTheVideoGoOn) {
  SlowReader reader;
  Publish publish;
  publish.set("file-path", reader.path().c_str(), "queue-size", 10, "drain-timeout", 10);
  publish.start();
  EXPECT_EQ(publish.publish(100), GST_FLOW_OK);
  const PublishCounts counts = publish.counts();
  EXPECT_EQ(counts.queued, 10u);
  EXPECT_EQ(counts.published + counts.dropped, 90u);
  EXPECT_GT(counts.dropped, 70u);
}

TEST(PublishQueue, LetsTheVideoWaitWhenAsked) {
  SlowReader reader;
  Publish publish;
  publish.set("file-path", reader.path().c_str(), "queue-size", 3, "on-full", 1);
  publish.start();
  auto flow = std::async(std::launch::async, [&] { return publish.publish(50); });
  EXPECT_EQ(flow.wait_for(100ms), std::future_status::timeout);
  EXPECT_EQ(reader.read_lines(47), 47u);
  EXPECT_EQ(flow.get(), GST_FLOW_OK);
  EXPECT_EQ(publish.counts().dropped, 0u);
}

TEST(PublishQueue, IsLeftByAFlush) {
  SlowReader reader;
  Publish publish;
  publish.set("file-path", reader.path().c_str(), "queue-size", 3, "on-full", 1, "drain-timeout",
              10);
  publish.start();
  auto flow = std::async(std::launch::async, [&] { return publish.publish(50); });
  EXPECT_EQ(flow.wait_for(100ms), std::future_status::timeout);
  publish.push_event(gst_event_new_flush_start());
  EXPECT_EQ(flow.get(), GST_FLOW_FLUSHING);
}

TEST(PublishQueue, IsLeftWhenTheElementIsStopped) {
  SlowReader reader;
  Publish publish;
  publish.set("file-path", reader.path().c_str(), "queue-size", 3, "on-full", 1, "drain-timeout",
              10);
  publish.start();
  auto flow = std::async(std::launch::async, [&] { return publish.publish(50); });
  EXPECT_EQ(flow.wait_for(100ms), std::future_status::timeout);
  publish.stop();
  EXPECT_EQ(flow.get(), GST_FLOW_FLUSHING);
}

TEST(PublishLaunch, PrintsDocumentsOfEncodedFrames) {
  GstLaunch launch(
      "-q videotestsrc num-buffers=5 ! video/x-raw,format=I420,width=96,height=64 ! mvgadetect "
      "model=" +
      small_model().string() + " weights=" + small_weights().string() +
      " threads=1 ! jpegenc ! mvgapublish method=stdout ! fakesink");
  EXPECT_EQ(launch.finish(), 0) << launch.printed();
  std::istringstream lines(launch.printed());
  std::vector<nlohmann::json> documents;
  for (std::string line; std::getline(lines, line);)
    documents.push_back(nlohmann::json::parse(line));
  EXPECT_EQ(documents.size(), 5u);
  EXPECT_EQ(documents[0]["resolution"]["width"], 96);
  EXPECT_EQ(schema_complaints(documents, "mvga-frame-1.json"), "");
}

}  // namespace
}  // namespace mvga::testing
