// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/fuzz/storm/bench.h"
#include "tests/fuzz/storm/complaints.h"

namespace mvga::fuzz {
namespace {

Receiver& receiver_of(GstPad* pad) {
  return *static_cast<Receiver*>(gst_pad_get_element_private(pad));
}

/// Of an element that passes frames on, these are its frames; of another pad they have no number.
void check_order(Receiver& receiver, GstBuffer* buffer) {
  const std::uint64_t number = GST_BUFFER_OFFSET(buffer);
  if (number == GST_BUFFER_OFFSET_NONE) return;
  require(number > receiver.last, "a frame came out twice, or behind a later one");
  receiver.last = number;
}

/// Bits: there is an answer, compositions, crops, a pool.
bool answer_allocation(GstQuery* query, unsigned answer) {
  if ((answer & 1) == 0) return false;
  if ((answer & 2) != 0)
    gst_query_add_allocation_meta(query, GST_VIDEO_OVERLAY_COMPOSITION_META_API_TYPE, nullptr);
  if ((answer & 4) != 0)
    gst_query_add_allocation_meta(query, GST_VIDEO_CROP_META_API_TYPE, nullptr);
  if ((answer & 8) != 0) gst_query_add_allocation_pool(query, nullptr, 1000, 1, 2);
  return true;
}

}  // namespace

Receiver::Receiver(const char* name) : pad(gst_pad_new(name, GST_PAD_SINK)) {
  gst_object_ref_sink(pad);
  gst_pad_set_element_private(pad, this);
  gst_pad_set_chain_function(pad, chain);
  gst_pad_set_event_function(pad, event);
  gst_pad_set_query_function(pad, query);
  gst_pad_set_active(pad, TRUE);
}

Receiver::~Receiver() {
  gst_pad_set_active(pad, FALSE);
  gst_object_unref(pad);
}

void Receiver::take_only(const GstCaps* caps) {
  const std::lock_guard lock(mutex_);
  caps_.reset(caps != nullptr ? gst_caps_copy(caps) : nullptr);
}

GstFlowReturn Receiver::chain(GstPad* pad, GstObject*, GstBuffer* buffer) {
  Receiver& self = receiver_of(pad);
  check_order(self, buffer);
  gst_buffer_unref(buffer);
  return self.flow;
}

gboolean Receiver::event(GstPad*, GstObject*, GstEvent* event) {
  gst_event_unref(event);
  return TRUE;
}

gboolean Receiver::query(GstPad* pad, GstObject* parent, GstQuery* query) {
  Receiver& self = receiver_of(pad);
  if (GST_QUERY_TYPE(query) == GST_QUERY_ALLOCATION)
    return static_cast<gboolean>(answer_allocation(query, self.allocation));
  gst::Caps only;
  {
    const std::lock_guard lock(self.mutex_);
    if (self.caps_) only.reset(gst_caps_ref(self.caps_.get()));
  }
  if (!only) return gst_pad_query_default(pad, parent, query);
  if (GST_QUERY_TYPE(query) == GST_QUERY_CAPS) {
    GstCaps* filter = nullptr;
    gst_query_parse_caps(query, &filter);
    const gst::Caps answer(filter != nullptr ? gst_caps_intersect(filter, only.get())
                                             : gst_caps_ref(only.get()));
    gst_query_set_caps_result(query, answer.get());
    return TRUE;
  }
  if (GST_QUERY_TYPE(query) == GST_QUERY_ACCEPT_CAPS) {
    GstCaps* caps = nullptr;
    gst_query_parse_accept_caps(query, &caps);
    gst_query_set_accept_caps_result(query, gst_caps_is_subset(caps, only.get()));
    return TRUE;
  }
  return gst_pad_query_default(pad, parent, query);
}

}  // namespace mvga::fuzz
