// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/fuzz/storm/metas.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include "gst/frames/handles.h"
#include "gst/meta/anomaly_meta.h"
#include "tests/fuzz/storm/complaints.h"
#include "tests/fuzz/written_metas.h"

namespace mvga::fuzz {
namespace {

void add_video_meta(Script& script, GstBuffer* buffer, const GstVideoInfo& video) {
  std::array<gsize, GST_VIDEO_MAX_PLANES> offsets{};
  std::array<gint, GST_VIDEO_MAX_PLANES> strides{};
  std::copy_n(std::begin(video.offset), offsets.size(), offsets.begin());
  std::copy_n(std::begin(video.stride), strides.size(), strides.begin());
  auto width = static_cast<guint>(video.width);
  auto height = static_cast<guint>(video.height);
  guint planes = std::max(1U, GST_VIDEO_INFO_N_PLANES(&video));
  const guint plane = script.below(planes);
  switch (script.below(7)) {
    case 1:
      offsets.at(plane) = script.whole_number();
      break;
    case 2:
      strides.at(plane) = static_cast<gint>(script.whole_number());
      break;
    case 3:  // from the last row upwards
      offsets.at(plane) += static_cast<gsize>(strides.at(plane)) * (height - 1);
      strides.at(plane) *= -1;
      break;
    case 4:
      width = static_cast<guint>(script.whole_number());
      break;
    case 5:
      height = static_cast<guint>(script.whole_number());
      break;
    case 6:
      planes = 1 + script.below(GST_VIDEO_MAX_PLANES);
      break;
    default:
      break;
  }
  gst_buffer_add_video_meta_full(buffer, GST_VIDEO_FRAME_FLAG_NONE, GST_VIDEO_INFO_FORMAT(&video),
                                 width, height, planes, offsets.data(), strides.data());
}

void add_crop(Script& script, GstBuffer* buffer) {
  GstVideoCropMeta* crop = gst_buffer_add_video_crop_meta(buffer);
  for (guint* side : {&crop->x, &crop->y, &crop->width, &crop->height})
    *side = script.flip() ? static_cast<guint>(script.whole_number()) : script.below(8);
}

void add_region(Script& script, GstBuffer* buffer) {
  const char* type = script.flip() ? "anomaly" : "person";
  const auto side = [&] { return static_cast<guint>(script.whole_number()); };
  auto* region =
      gst_buffer_add_video_region_of_interest_meta(buffer, type, side(), side(), side(), side());
  if (script.flip())
    gst_video_region_of_interest_meta_add_param(region, gst_structure_new_empty("detection"));
}

/// As mvgadetect writes it.
gst::FrameResult result_from(Script& script) {
  Detection detection;
  detection.score = script.real_number();
  detection.threshold = 5;
  detection.anomalous = script.flip();
  detection.map_scale = {1, 3};
  detection.map = {2, 4, {0, 1, 2, 3, 4, 5, 6, 7}};
  detection.regions.resize(script.below(3));
  for (Region& region : detection.regions) {
    region.box = {script.below(8) / 8.0, 0.25, 0.25, 0.5};
    region.peak = 4;
  }
  gst::FrameResult result;
  result.status = script.flip() ? gst::FrameStatus::held : gst::FrameStatus::fresh;
  result.detection = std::make_shared<const Detection>(detection);
  result.age = script.whole_number();
  result.event_id = script.below(4);
  result.model_id = "line";
  return result;
}

/// GStreamer takes no other text.
gst::String valid(const std::string& text) {
  return gst::String(g_utf8_make_valid(text.data(), static_cast<gssize>(text.size())));
}

/// Of the names that readers look for.
void change_field(Script& script, GstStructure* structure) {
  constexpr const char* kNames[] = {
      "schema", "status",    "model-id", "event-id",   "score",          "threshold",
      "age",    "anomalous", "p-value",  "result-pts", "inference-time", "timestamp",
      "roi",    "regions",   "map",      "mask",       "n-regions",      "utc"};
  const char* const name = script.pick(kNames);
  switch (script.below(8)) {
    case 0:
      gst_structure_remove_field(structure, name);
      break;
    case 1:
      gst_structure_set(structure, name, G_TYPE_BOOLEAN, TRUE, nullptr);
      break;
    case 2:
      gst_structure_set(structure, name, G_TYPE_STRING, valid(script.text()).get(), nullptr);
      break;
    case 3:
      gst_structure_set(structure, name, G_TYPE_UINT64, script.whole_number(), nullptr);
      break;
    case 4:
      gst_structure_set(structure, name, G_TYPE_DOUBLE, script.real_number(), nullptr);
      break;
    case 5:
      gst_structure_set(structure, name, G_TYPE_INT, static_cast<gint>(script.whole_number()),
                        nullptr);
      break;
    case 6:
      gst_structure_set(structure, name, GST_TYPE_STRUCTURE, nullptr, nullptr);
      break;
    default:
      gst_structure_set(structure, name, G_TYPE_STRING, nullptr, nullptr);
  }
}

void add_result(Script& script, GstBuffer* buffer) {
  const gst::FrameResult result = result_from(script);
  gst::attach_anomaly_meta(buffer, result);
  gst::attach_places_meta(buffer, result.detection, script.below(16));
  for (const char* name : {gst::kAnomalyMetaName, gst::kPlacesMetaName}) {
    GstStructure* const structure = gst::meta_structure(buffer, name);
    if (structure == nullptr || script.below(4) != 3) continue;
    change_field(script, structure);
  }
}

}  // namespace

void add_metas(Script& script, GstBuffer* buffer, const GstVideoInfo& video) {
  switch (script.below(12)) {
    case 4:
      add_video_meta(script, buffer, video);
      break;
    case 5:
      add_crop(script, buffer);
      break;
    case 6:
      add_video_meta(script, buffer, video);
      add_crop(script, buffer);
      break;
    case 7:
      add_region(script, buffer);
      break;
    case 8: {
      const Unheard what_is_no_structure;
      const std::string text = script.text();
      add_meta(buffer, script.flip() ? gst::kPlacesMetaName : gst::kAnomalyMetaName, text, text);
      break;
    }
    case 9:
    case 10:
    case 11:
      add_result(script, buffer);
      break;
    default:
      break;
  }
}

}  // namespace mvga::fuzz
