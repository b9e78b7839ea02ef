// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Metas that somebody wrote in our name, as two lines of a structure's text: whoever reads them
// takes them or leaves them.

#include <gst/video/video.h>

#include <algorithm>
#include <cstdint>
#include <string>

#include "core/base/error.h"
#include "gst/drawing/overlay_painter.h"
#include "gst/frames/handles.h"
#include "gst/meta/anomaly_meta.h"
#include "gst/meta/document.h"
#include "gst/meta/meta_reader.h"
#include "gst/publish/event_documents.h"
#include "tests/fuzz/written_metas.h"

namespace {

using namespace mvga::gst;
using mvga::fuzz::add_meta;

void start() {
  gst_init(nullptr, nullptr);
  gst_debug_set_default_threshold(GST_LEVEL_NONE);
  register_anomaly_metas();
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
