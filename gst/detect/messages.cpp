// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/detect/messages.h"

namespace mvga::gst {
namespace {

void set_times(GstStructure* structure, const FrameTimes& times) {
  gst_structure_set(structure, "pts", G_TYPE_UINT64, times.pts, "running-time", G_TYPE_UINT64,
                    times.running_time, "stream-time", G_TYPE_UINT64, times.stream_time, nullptr);
}

void set_result(GstStructure* structure, const FrameResult& result, const FrameTimes& times) {
  set_times(structure, times);
  describe(structure, result);
  if (result.detection)
    set_regions(structure, result.detection->regions, result.detection->map_scale);
}

void post(GstElement* element, GstStructure* structure) {
  gst_element_post_message(element, gst_message_new_element(GST_OBJECT(element), structure));
}

}  // namespace

void post_late_frame(GstElement* element, GstBuffer* frame, const FrameTimes& times,
                     const LateFrames::Verdict& verdict, const FrameCounts& counts) {
  constexpr gint kWholeQuality = 1000000;  // of the frame itself nothing is left out
  GstMessage* message =
      gst_message_new_qos(GST_OBJECT(element), FALSE, times.running_time, times.stream_time,
                          times.pts, GST_BUFFER_DURATION(frame));
  gst_message_set_qos_values(message, verdict.jitter, verdict.proportion, kWholeQuality);
  gst_message_set_qos_stats(message, GST_FORMAT_BUFFERS, counts.inferred, counts.late);
  gst_element_post_message(element, message);
}

void post_result(GstElement* element, const FrameResult& result, const FrameTimes& times) {
  GstStructure* structure = gst_structure_new_empty("mvga-result");
  set_result(structure, result, times);
  post(element, structure);
}

void post_event_start(GstElement* element, const Event& event, const FrameResult& result,
                      const FrameTimes& times) {
  GstStructure* structure = gst_structure_new("mvga-event", "event", G_TYPE_STRING, "start", "id",
                                              G_TYPE_UINT64, event.id, nullptr);
  set_result(structure, result, times);
  post(element, structure);
}

void post_event_end(GstElement* element, const PastEvent& past, const MapScale& scale,
                    const std::string& model_id) {
  const Event& event = past.event;
  GstStructure* structure = gst_structure_new(
      "mvga-event", "event", G_TYPE_STRING, "end", "id", G_TYPE_UINT64, event.id, "start-pts",
      G_TYPE_UINT64, event.start, "end-pts", G_TYPE_UINT64, event.end, "frames", G_TYPE_UINT64,
      event.frames, "corrupted", G_TYPE_UINT64, past.corrupted, "peak-score", G_TYPE_DOUBLE,
      event.peak_score, "peak-p-value", G_TYPE_DOUBLE, event.peak_p_value, "model-id",
      G_TYPE_STRING, model_id.c_str(), nullptr);
  set_regions(structure, event.peak_regions, scale);
  post(element, structure);
}

}  // namespace mvga::gst
