// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "examples/watch/event_log.h"

#include <string>
#include <string_view>

#include "examples/common/structure.h"

namespace watch {
namespace {

using mvga::examples::number;
using mvga::examples::whole_number;

double seconds(GstClockTime time) {
  return static_cast<double>(time) / static_cast<double>(GST_SECOND);
}

std::vector<Region> regions_of(const GstStructure* s) {
  std::vector<Region> regions;
  const GValue* value = gst_structure_get_value(s, "regions");
  if (value == nullptr) return regions;
  const GstStructure* list = gst_value_get_structure(value);
  for (int i = 0; i < gst_structure_n_fields(list); ++i) {
    const GValue* field = gst_structure_get_value(list, ("region-" + std::to_string(i)).c_str());
    if (field == nullptr) break;
    const GstStructure* r = gst_value_get_structure(field);
    regions.push_back({number(r, "x"), number(r, "y"), number(r, "width"), number(r, "height")});
  }
  return regions;
}

}  // namespace

void EventLog::handle(GstMessage* message) {
  const GstStructure* s = gst_message_get_structure(message);
  if (GST_MESSAGE_TYPE(message) != GST_MESSAGE_ELEMENT || !gst_structure_has_name(s, "mvga-event"))
    return;
  const gchar* what = gst_structure_get_string(s, "event");
  if (std::string_view(what) == "start")
    start(s);
  else if (!events_.empty())
    end(s);
}

void EventLog::start(const GstStructure* s) {
  Event event;
  event.id = whole_number(s, "id");
  event.start = event.end = seconds(whole_number(s, "stream-time"));
  event.peak_score = number(s, "score");
  event.p_value = number(s, "p-value");
  event.threshold = number(s, "threshold");
  event.regions = regions_of(s);
  events_.push_back(event);
  start_pts_ = whole_number(s, "pts");
}

void EventLog::end(const GstStructure* s) {
  Event& event = events_.back();
  event.end = event.start + seconds(whole_number(s, "end-pts") - start_pts_);
  event.peak_score = number(s, "peak-score");
  event.p_value = number(s, "peak-p-value");
  event.regions = regions_of(s);
}

}  // namespace watch
