// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What the documents of frames and events say, and that they fit their schemas.
#include "gst/meta/document.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "gst/frames/handles.h"
#include "gst/publish/event_documents.h"
#include "tests/gst/harness/publish_harness.h"

namespace mvga::testing {
namespace {

using gst::DocumentFacts;
using gst::frame_document;
using gst::FrameResult;
using gst::FrameStatus;
using gst::Json;
using gst::Structure;
using gst::to_line;
using gst::publish::EventDocuments;

constexpr const char* kFrameSchema = "mvga-frame-1.json";
constexpr const char* kEventSchema = "mvga-event-1.json";

Structure meta_of(const FrameResult& result) {
  Structure meta(gst_structure_new_empty("MvgaAnomalyMeta"));
  gst::describe(meta.get(), result);
  return meta;
}

Structure places_of(const FrameResult& result) {
  if (!result.detection) return nullptr;
  Structure places(gst_structure_new_empty("MvgaPlacesMeta"));
  gst::set_regions(places.get(), result.detection->regions, result.detection->map_scale);
  return places;
}

Json frame_json(const FrameResult& result, const DocumentFacts& facts, const Json& tags = {}) {
  return frame_document(meta_of(result).get(), places_of(result).get(), facts, tags);
}

DocumentFacts all_facts() {
  return {.pts = 5 * GST_SECOND, .width = 200, .height = 100, .source = "camera-3"};
}

nlohmann::json document_of(const FrameResult& result, const DocumentFacts& facts = all_facts(),
                           const Json& tags = {{"shift", "late"}}) {
  return nlohmann::json::parse(to_line(frame_json(result, facts, tags)));
}

TEST(PublishDocument, HasEveryFieldOfTheMetadata) {
  nlohmann::json document = document_of(example_result());
  EXPECT_EQ(schema_complaints({document}, kFrameSchema), "");
  document.erase("utc");
  EXPECT_EQ(document, nlohmann::json::parse(R"({
    "schema_version": 1, "type": "frame", "timestamp": 5000000000, "source": "camera-3",
    "resolution": {"width": 200, "height": 100}, "tags": {"shift": "late"},
    "status": "fresh", "model_id": "line", "event_id": 1,
    "score": 7.5, "threshold": 5.0, "p_value": 0.0078125, "anomalous": true,
    "result_pts": 3000000000, "age": 40000000, "inference_time": 12000000,
    "objects": [
      {"detection": {"bounding_box": {"x_min": 0.5, "y_min": 0.25, "x_max": 0.75, "y_max": 0.75},
                     "confidence": 0.75, "label": "anomaly", "label_id": 1},
       "x": 100, "y": 25, "w": 50, "h": 50, "area": 0.125, "peak": 4.0},
      {"detection": {"bounding_box": {"x_min": 0.0, "y_min": 0.0, "x_max": 0.001, "y_max": 0.001},
                     "confidence": 0.5, "label": "anomaly", "label_id": 1},
       "x": 0, "y": 0, "w": 1, "h": 1, "area": 0.000001, "peak": 3.0}]})"));
}

TEST(PublishDocument, FitsTheSchemaWithoutAResult) {
  std::vector<nlohmann::json> documents;
  for (const FrameStatus status : {FrameStatus::skipped, FrameStatus::error})
    documents.push_back(document_of(result_without_detection(status)));
  EXPECT_EQ(schema_complaints(documents, kFrameSchema), "");
  EXPECT_FALSE(documents[0].contains("score"));
  EXPECT_FALSE(documents[0].contains("objects"));
}

TEST(PublishDocument, LeavesOutWhatIsNotKnown) {
  FrameResult result = example_result();
  result.result_pts = GST_CLOCK_TIME_NONE;
  const nlohmann::json document = document_of(result, DocumentFacts(), {});
  EXPECT_EQ(schema_complaints({document}, kFrameSchema), "");
  for (const char* field : {"timestamp", "source", "resolution", "tags", "result_pts"})
    EXPECT_FALSE(document.contains(field)) << field;
  EXPECT_FALSE(document["objects"][0].contains("x")) << "no pixels without a size";
}

TEST(PublishDocument, SaysThatThereIsNoRegion) {
  FrameResult result = example_result();
  auto detection = std::make_shared<Detection>(*result.detection);
  detection->regions.clear();
  result.detection = detection;
  EXPECT_EQ(document_of(result)["objects"], nlohmann::json::array());
}

TEST(PublishDocument, TakesFieldsThatComeLaterAndSkipsBytes) {
  const Structure meta = meta_of(example_result());
  GBytes* map = g_bytes_new_static("\x01\x02", 2);
  gst_structure_set(meta.get(), "sharpness", G_TYPE_DOUBLE, 0.5, "map", G_TYPE_BYTES, map,
                    "lens-dirty", G_TYPE_BOOLEAN, TRUE, nullptr);
  g_bytes_unref(map);
  const Structure levels(gst_structure_new_empty("levels"));
  for (const char* name : {"level-0", "level-1"}) {
    const Structure level(gst_structure_new("level", "weight", G_TYPE_INT, 2, nullptr));
    gst_structure_set(levels.get(), name, GST_TYPE_STRUCTURE, level.get(), nullptr);
  }
  gst_structure_set(meta.get(), "levels", GST_TYPE_STRUCTURE, levels.get(), nullptr);
  const Json document = frame_document(meta.get(), nullptr, DocumentFacts(), Json());
  EXPECT_EQ(document["sharpness"], 0.5);
  EXPECT_EQ(document["lens_dirty"], true);
  EXPECT_EQ(document["levels"].dump(), R"([{"weight":2},{"weight":2}])");
  EXPECT_FALSE(document.contains("map"));
}

TEST(PublishDocument, HasNoNumberThatJsonDoesNotHave) {
  const Structure meta = meta_of(example_result());
  gst_structure_set(meta.get(), "score", G_TYPE_DOUBLE, std::numeric_limits<double>::infinity(),
                    "p-value", G_TYPE_DOUBLE, std::numeric_limits<double>::quiet_NaN(), nullptr);
  const Json document = frame_document(meta.get(), nullptr, DocumentFacts(), Json());
  EXPECT_FALSE(document.contains("score"));
  EXPECT_FALSE(document.contains("p_value"));
}

TEST(PublishDocument, IsUtf8InOneLineWhateverTheNames) {
  FrameResult result = example_result();
  result.model_id = "a\xff\nb";
  const std::string line = to_line(frame_json(result, all_facts()));
  EXPECT_EQ(line.find('\n'), std::string::npos);
  EXPECT_TRUE(g_utf8_validate(line.c_str(), -1, nullptr)) << line;
}

/// The documents that a row of frames gives; one a second, 0: no event.
std::vector<nlohmann::json> events_of(const std::vector<std::pair<guint64, double>>& frames) {
  EventDocuments events;
  std::vector<nlohmann::json> documents;
  const auto keep = [&](const Json& json) {
    documents.push_back(nlohmann::json::parse(to_line(json)));
  };
  DocumentFacts facts = all_facts();
  facts.pts = 0;
  for (const auto& [event, score] : frames) {
    FrameResult result = example_result(score);
    result.event_id = event;
    for (const Json& json : events.update(frame_json(result, facts))) keep(json);
    facts.pts += GST_SECOND;
  }
  if (const auto end = events.finish()) keep(*end);
  return documents;
}

TEST(PublishEvents, HaveADocumentAtTheStartAndOneAtTheEnd) {
  const auto documents = events_of({{0, 1}, {4, 7}, {4, 9}, {4, 6}, {4, 2}, {0, 1}});
  EXPECT_EQ(schema_complaints(documents, kEventSchema), "");
  ASSERT_EQ(documents.size(), 2u);
  EXPECT_EQ(documents[0]["event"], "start");
  EXPECT_EQ(documents[0]["event_id"], 4);
  EXPECT_EQ(documents[0]["start"], 1 * GST_SECOND);
  EXPECT_EQ(documents[0]["peak_score"], 7);
  EXPECT_FALSE(documents[0].contains("end"));

  const nlohmann::json& end = documents[1];
  EXPECT_EQ(end["event"], "end");
  EXPECT_EQ(end["event_id"], 4);
  EXPECT_EQ(end["start"], 1 * GST_SECOND);
  EXPECT_EQ(end["end"], 3 * GST_SECOND) << "the last frame of the event is normal";
  EXPECT_EQ(end["frames"], 4);
  EXPECT_EQ(end["peak_score"], 9);
  EXPECT_EQ(end["peak_timestamp"], 2 * GST_SECOND);
  EXPECT_EQ(end["peak_p_value"], 0.0078125);
  EXPECT_EQ(end["objects"].size(), 2u);
  EXPECT_EQ(end["source"], "camera-3");
}

TEST(PublishEvents, EndWhenAnotherBeginsAndWithTheStream) {
  const auto documents = events_of({{1, 7}, {2, 8}});
  std::string changes;
  for (const auto& document : documents)
    changes += document["event"].get<std::string>() + document["event_id"].dump() + " ";
  EXPECT_EQ(changes, "start1 end1 start2 end2 ");
}

TEST(PublishEvents, TakeTimesFromTheFramesWhateverMetadataSay) {
  for (const GstClockTime pts : {GstClockTime{5 * GST_SECOND}, GST_CLOCK_TIME_NONE})
    for (const char* timestamp : {"(boolean)true", "(string)soon", "(double)-1", "(guint64)7"}) {
      const Structure meta = meta_of(example_result());
      const Structure given(
          gst_structure_from_string((std::string("m, t=") + timestamp).c_str(), nullptr));
      gst_structure_set_value(meta.get(), "timestamp", gst_structure_get_value(given.get(), "t"));
      DocumentFacts facts;
      facts.pts = pts;
      const Json frame = frame_document(meta.get(), nullptr, facts, Json());
      EventDocuments events;
      const std::vector<Json> documents = events.update(frame);
      ASSERT_EQ(documents.size(), 1u) << timestamp;
      const bool known = GST_CLOCK_TIME_IS_VALID(pts);
      for (const char* field : {"start", "timestamp", "peak_timestamp"}) {
        ASSERT_EQ(documents[0].contains(field), known) << field << " of " << timestamp;
        EXPECT_EQ(documents[0].value(field, GST_CLOCK_TIME_NONE), pts)
            << field << " of " << timestamp;
      }
      EXPECT_EQ(events.finish()->contains("end"), known) << timestamp;
    }
}

TEST(PublishEvents, SayNothingOfNormalFrames) {
  EXPECT_TRUE(events_of({{0, 1}, {0, 2}}).empty());
}

}  // namespace
}  // namespace mvga::testing
