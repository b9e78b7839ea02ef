// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/fuzz/storm/bench.h"

#include <string>

#include "core/base/printable.h"
#include "tests/fuzz/storm/complaints.h"

namespace mvga::fuzz {
namespace {

using gst::Owned;

GstElement* made(const char* factory) {
  GstElement* element = gst_element_factory_make(factory, nullptr);
  require(element != nullptr, "there is no such element");
  gst_object_ref_sink(element);
  return element;
}

void link(GstPad* from, GstPad* to) {
  // As the storm wants it, whatever the caps.
  gst_pad_link_full(from, to, GST_PAD_LINK_CHECK_NOTHING);
}

void unlink(GstPad* pad) {
  if (const Owned<GstPad> peer(gst_pad_get_peer(pad)); peer) {
    if (GST_PAD_IS_SRC(pad))
      gst_pad_unlink(pad, peer.get());
    else
      gst_pad_unlink(peer.get(), pad);
  }
}

bool can_be_shown(const char* text) {
  return text != nullptr && printable(text, kLongestMessage) == text;
}

void check_text(GstMessage* message) {
  GError* error = nullptr;
  switch (GST_MESSAGE_TYPE(message)) {
    case GST_MESSAGE_ERROR:
      gst_message_parse_error(message, &error, nullptr);
      break;
    case GST_MESSAGE_WARNING:
      gst_message_parse_warning(message, &error, nullptr);
      break;
    case GST_MESSAGE_INFO:
      gst_message_parse_info(message, &error, nullptr);
      break;
    default:
      return;
  }
  const Owned<GError> owner(error);
  require(can_be_shown(error->message), "a message that no terminal should get");
}

void count_down(gpointer, GstMiniObject*) {
  --buffers_around();
}

}  // namespace

std::atomic<int>& buffers_around() {
  static std::atomic<int> count = 0;
  return count;
}

Bench::Bench(const char* factory)
    : bus_(gst_bus_new()),
      element_(made(factory)),
      sender_(gst_pad_new("before", GST_PAD_SRC)),
      receiver_("behind"),
      heatmap_receiver_("behind-heatmap") {
  StreamOrder::lose();
  gst_element_set_bus(element_, bus_);
  gst_object_ref_sink(sender_);
  gst_pad_set_active(sender_, TRUE);
  const Owned<GstPad> sink(gst_element_get_static_pad(element_, "sink"));
  const Owned<GstPad> src(gst_element_get_static_pad(element_, "src"));
  link(sender_, sink.get());
  link(src.get(), receiver_.pad);
}

Bench::~Bench() {
  release_heatmap();
  set_state(GST_STATE_NULL);
  unlink(sender_);
  unlink(receiver_.pad);
  gst_pad_set_active(sender_, FALSE);
  gst_object_unref(sender_);
  read_bus();
  gst_element_set_bus(element_, nullptr);
  require(GST_OBJECT_REFCOUNT_VALUE(element_) == 1, "somebody still holds the element");
  gst_object_unref(element_);
  gst_bus_set_flushing(bus_, TRUE);
  gst_object_unref(bus_);
  require(buffers_around() == 0, "a frame was lost, and not let go of");
}

void Bench::set_state(GstState state) {
  const bool ends = state <= GST_STATE_READY;
  if (ends) StreamOrder::lose();
  gst_element_set_state(element_, state);
  if (ends) StreamOrder::lose();
}

void Bench::begin_stream() {
  const unsigned losses = StreamOrder::losses();
  send(gst_event_new_stream_start("storm"));
  {
    const std::lock_guard lock(mutex_);
    if (!caps_)
      caps_.reset(gst_caps_from_string("video/x-raw,format=RGB,width=8,height=6,framerate=25/1"));
  }
  send_caps(gst_caps_ref(caps_.get()));
  GstSegment segment;
  gst_segment_init(&segment, GST_FORMAT_TIME);
  send(gst_event_new_segment(&segment));
  GstState state = GST_STATE_NULL;
  gst_element_get_state(element_, &state, nullptr, 0);
  if (state > GST_STATE_READY) StreamOrder::restore(losses);
}

void Bench::send_caps(GstCaps* caps) {
  send(gst_event_new_caps(caps));
  const std::lock_guard lock(mutex_);
  caps_.reset(caps);
}

void Bench::send(GstEvent* event) {
  const GstEventType type = GST_EVENT_TYPE(event);
  if (type == GST_EVENT_FLUSH_START || type == GST_EVENT_FLUSH_STOP) StreamOrder::lose();
  gst_pad_push_event(sender_, event);
}

void Bench::send_up(GstEvent* event) {
  gst_pad_push_event(receiver_.pad, event);
}

void Bench::ask(GstQuery* query) {
  const gst::Query owner(query);
  // GStreamer's macros for this are no valid C++20.
  const GstQueryTypeFlags ways = gst_query_type_get_flags(GST_QUERY_TYPE(query));
  if ((ways & GST_QUERY_TYPE_UPSTREAM) != 0) gst_pad_peer_query(receiver_.pad, query);
  if ((ways & GST_QUERY_TYPE_DOWNSTREAM) != 0) gst_pad_peer_query(sender_, query);
}

void Bench::push(GstBuffer* buffer) {
  ++buffers_around();
  gst_mini_object_weak_ref(GST_MINI_OBJECT_CAST(buffer), count_down, nullptr);
  const std::lock_guard lock(pushing_);  // there is one stream
  GST_BUFFER_OFFSET(buffer) = ++frames_;
  gst_pad_push(sender_, buffer);
}

GstVideoInfo Bench::video() {
  GstVideoInfo info;
  const std::lock_guard lock(mutex_);
  if (!caps_ || !gst_video_info_from_caps(&info, caps_.get()))
    gst_video_info_set_format(&info, GST_VIDEO_FORMAT_RGB, 8, 6);
  return info;
}

void Bench::request_heatmap(bool linked) {
  GstPadTemplate* const wanted = gst_element_get_pad_template(element_, "heatmap");
  if (wanted == nullptr) return;
  Owned<GstPad> pad(gst_element_request_pad(element_, wanted, nullptr, nullptr));
  if (!pad) return;
  if (linked) link(pad.get(), heatmap_receiver_.pad);
  const std::lock_guard lock(mutex_);
  std::swap(heatmap_, pad);
}

void Bench::release_heatmap() {
  Owned<GstPad> pad;
  {
    const std::lock_guard lock(mutex_);
    std::swap(heatmap_, pad);
  }
  if (!pad) return;
  unlink(pad.get());
  gst_element_release_request_pad(element_, pad.get());
}

void Bench::read_bus() {
  while (const Owned<GstMessage> message{gst_bus_pop(bus_)}) check_text(message.get());
}

}  // namespace mvga::fuzz
