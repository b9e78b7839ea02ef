// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/gst/harness/publish_harness.h"

#include <cstdio>
#include <fstream>
#include <stdexcept>

#include "gst/meta/anomaly_meta.h"
#include "tests/models/temporary_folder.h"

namespace mvga::testing {

gst::FrameResult example_result(double score) {
  Detection detection;
  detection.score = score;
  detection.threshold = 5;
  detection.p_value = 0.0078125;
  detection.anomalous = score > detection.threshold;
  detection.map_scale = {1, 3};
  detection.regions.resize(2);
  detection.regions[0].box = {0.5, 0.25, 0.25, 0.5};
  detection.regions[0].area = 0.125;
  detection.regions[0].peak = 4;
  detection.regions[1].box = {0, 0, 0.001, 0.001};
  detection.regions[1].area = 0.000001;
  detection.regions[1].peak = 3;
  gst::FrameResult result;
  result.status = gst::FrameStatus::fresh;
  result.detection = std::make_shared<const Detection>(detection);
  result.result_pts = 3 * GST_SECOND;
  result.age = 40 * GST_MSECOND;
  result.inference_time = 12 * GST_MSECOND;
  result.event_id = detection.anomalous ? 1 : 0;
  result.model_id = "line";
  return result;
}

gst::FrameResult result_without_detection(gst::FrameStatus status) {
  gst::FrameResult result;
  result.status = status;
  result.model_id = "line";
  return result;
}

Buffer frame_with(const gst::FrameResult& result, GstClockTime pts) {
  Buffer buffer(gst_buffer_new_allocate(nullptr, 16, nullptr));
  GST_BUFFER_PTS(buffer.get()) = pts;
  gst::attach_anomaly_meta(buffer.get(), result);
  if (result.detection)
    gst::attach_places_meta(buffer.get(), result.detection, gst::attach_regions);
  return buffer;
}

Buffer frame_with(const gst::FrameResult& result, GstClockTime pts, GstClockTime dts) {
  Buffer buffer = frame_with(result, pts);
  GST_BUFFER_DTS(buffer.get()) = dts;
  return buffer;
}

std::vector<nlohmann::json> documents_in(const std::filesystem::path& file) {
  std::vector<nlohmann::json> documents;
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);)
    documents.push_back(nlohmann::json::parse(line));
  return documents;
}

std::string schema_complaints(const std::vector<nlohmann::json>& documents,
                              const std::string& schema) {
  const TemporaryFolder folder;
  {
    std::ofstream lines(folder / "lines");
    for (const nlohmann::json& document : documents) lines << document << '\n';
  }
  const std::string command = "python3 " MVGA_SOURCE_DIR
                              "/tests/gst/publish/validate_documents.py " MVGA_SOURCE_DIR
                              "/docs/schema/" +
                              schema + " " + (folder / "lines").string() + " 2>&1";
  FILE* output = popen(command.c_str(), "r");
  if (output == nullptr) throw std::runtime_error("cannot run " + command);
  std::string text;
  char part[256];
  while (fgets(part, sizeof part, output) != nullptr) text += part;
  if (pclose(output) != 0 && text.empty()) text = command + " fails";
  return text;
}

void Publish::start() {
  if (!play()) throw std::runtime_error(error().value_or(Complaint{}).text);
  set_caps(video_info(GST_VIDEO_FORMAT_I420, 200, 100));
}

GstFlowReturn Publish::publish(const gst::FrameResult& result, GstClockTime pts) {
  const GstFlowReturn flow = push(frame_with(result, pts));
  pull();
  return flow;
}

GstFlowReturn Publish::publish(unsigned frames, unsigned first) {
  GstFlowReturn flow = GST_FLOW_OK;
  for (unsigned i = 0; i < frames && flow == GST_FLOW_OK; ++i)
    flow = publish(example_result(), (first + i) * GST_SECOND);
  return flow;
}

PublishCounts Publish::counts() {
  GstStructure* stats = nullptr;
  g_object_get(element(), "stats", &stats, nullptr);
  PublishCounts counts;
  gst_structure_get_uint64(stats, "published", &counts.published);
  gst_structure_get_uint64(stats, "dropped", &counts.dropped);
  gst_structure_get_uint64(stats, "queued", &counts.queued);
  gst_structure_get_uint64(stats, "reconnects", &counts.reconnects);
  gst_structure_free(stats);
  return counts;
}

}  // namespace mvga::testing
