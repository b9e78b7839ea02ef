// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Metas that somebody wrote in our name, as two lines of a structure's text: whoever reads them
// takes them or leaves them.

#include <gst/video/video.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "gst/drawing/overlay_painter.h"
#include "gst/frames/handles.h"
#include "gst/meta/anomaly_meta.h"
#include "gst/meta/document.h"
#include "gst/meta/meta_reader.h"
#include "gst/publish/event_documents.h"

namespace {

using namespace mvga::gst;

void start() {
  gst_init(nullptr, nullptr);
  gst_debug_set_default_threshold(GST_LEVEL_NONE);
  register_anomaly_metas();
}

/// A grid's bytes cannot be written in a structure's text: each that has sizes gets as many as it
/// needs, and some more where `bytes` is odd.
void give_bytes(GstStructure* structure, const std::string& bytes) {
  for (const char* name : {"map", "mask"}) {
    const GValue* value = gst_structure_get_value(structure, name);
    if (value == nullptr || !GST_VALUE_HOLDS_STRUCTURE(value)) continue;
    GstStructure* const grid = gst_structure_copy(gst_value_get_structure(value));
    int width = 0;
    int height = 0;
    gst_structure_get_int(grid, "width", &width);
    gst_structure_get_int(grid, "height", &height);
    const bool small = width > 0 && height > 0 && width <= 64 && height <= 64;
    std::string values = bytes;
    if (small) {
      const int positions = width * height;
      const bool is_map = std::string_view(name) == "map";  // floats; of the mask it is bytes
      values.resize(static_cast<std::size_t>(is_map ? 4 * positions : positions) +
                    bytes.size() % 2);
    }
    GBytes* const given = g_bytes_new(values.data(), values.size());
    gst_structure_set(grid, "values", G_TYPE_BYTES, given, nullptr);
    g_bytes_unref(given);
    gst_structure_set(structure, name, GST_TYPE_STRUCTURE, grid, nullptr);
    gst_structure_free(grid);
  }
}

void add_meta(GstBuffer* buffer, const char* name, const std::string& text,
              const std::string& bytes) {
  GstStructure* const read = gst_structure_from_string(text.c_str(), nullptr);
  if (read == nullptr) return;
  GstStructure* const meta =
      gst_custom_meta_get_structure(gst_buffer_add_custom_meta(buffer, name));
  for (int i = 0; i < gst_structure_n_fields(read); ++i) {
    const char* const field = gst_structure_nth_field_name(read, static_cast<guint>(i));
    gst_structure_set_value(meta, field, gst_structure_get_value(read, field));
  }
  gst_structure_free(read);
  give_bytes(meta, bytes);
}

void draw(const MetaReading& reading) {
  if (!reading.result || !reading.result->detection) return;
  mvga::overlay::OverlayPainter painter({.style = mvga::overlay::heatmap | mvga::overlay::contour |
                                                  mvga::overlay::box | mvga::overlay::label});
  mvga::Detection detection = *reading.result->detection;
  if (reading.places) detection = placed(detection, *reading.places);
  painter.paint(detection, "held", 64, 48);
}

/// As mvgapublish does (gst/publish/publish_run.cpp).
void make_documents(GstBuffer* buffer, const MetaReading& reading) {
  if (!reading.result) return;
  const Json frame = frame_document(
      meta_structure(buffer, kAnomalyMetaName),
      reading.places ? meta_structure(buffer, kPlacesMetaName) : nullptr, {.pts = 5}, {});
  to_line(frame);
  publish::EventDocuments events;
  events.update(frame);
  events.finish();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const bool started = (start(), true);
  const std::string text(reinterpret_cast<const char*>(data), started ? size : 0);
  const std::size_t first = std::min(text.find('\n'), text.size());
  const std::size_t second = std::min(text.find('\n', first + 1), text.size());
  const std::string anomaly = text.substr(0, first);
  const std::string places = first < text.size() ? text.substr(first + 1, second - first - 1) : "";
  Owned<GstBuffer> buffer(gst_buffer_new());
  add_meta(buffer.get(), kAnomalyMetaName, anomaly, "");
  if (!places.empty()) add_meta(buffer.get(), kPlacesMetaName, places, text.substr(second));
  if (meta_structure(buffer.get(), kAnomalyMetaName) == nullptr) return 0;
  const MetaReading reading = read_metas(buffer.get());
  draw(reading);
  make_documents(buffer.get(), reading);
  return 0;
}
