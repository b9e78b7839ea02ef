// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/record/pipelines.h"

#include <algorithm>

#include "core/base/error.h"

namespace mvga::tool {
namespace {

std::string in_one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

/// GStreamer's detail is a place in its source, and on the lines below what really happened.
std::string reason_in(const gchar* detail) {
  const std::string text = detail != nullptr ? detail : "";
  const std::size_t end_of_place = text.find('\n');
  if (end_of_place == std::string::npos) return "";
  return std::string(" (").append(text, end_of_place + 1).append(")");
}

}  // namespace

gst::Pipeline parse_pipeline(const std::string& description) {
  GError* error = nullptr;
  gst::Pipeline pipeline(
      gst_parse_launch_full(description.c_str(), nullptr, GST_PARSE_FLAG_FATAL_ERRORS, &error));
  const gst::Owned<GError> owner(error);
  if (!pipeline)
    throw Error(ErrorKind::settings, in_one_line(error->message) +
                                         "; install GStreamer's plugins "
                                         "(gstreamer1.0-plugins-base, gstreamer1.0-plugins-good)");
  return pipeline;
}

gst::Owned<GstElement> parse_bin(const std::string& description) {
  GError* error = nullptr;
  GstElement* bin = gst_parse_bin_from_description_full(description.c_str(), FALSE, nullptr,
                                                        GST_PARSE_FLAG_FATAL_ERRORS, &error);
  const gst::Owned<GError> owner(error);
  if (bin == nullptr) throw Error(ErrorKind::settings, in_one_line(error->message));
  return gst::Owned<GstElement>(GST_ELEMENT(gst_object_ref_sink(bin)));
}

gst::Owned<GstElement> part_of(GstElement* bin, const char* name) {
  return gst::Owned<GstElement>(gst_bin_get_by_name(GST_BIN(bin), name));
}

std::string text_of(GstMessage* message) {
  GError* error = nullptr;
  gchar* detail = nullptr;
  if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_ERROR)
    gst_message_parse_error(message, &error, &detail);
  else
    gst_message_parse_warning(message, &error, &detail);
  const gst::Owned<GError> error_owner(error);
  const gst::Owned<gchar> detail_owner(detail);
  return in_one_line(error->message + reason_in(detail));
}

bool is_about_decoding(GstMessage* message) {
  GError* error = nullptr;
  gst_message_parse_error(message, &error, nullptr);
  const gst::Owned<GError> owner(error);
  return g_error_matches(error, GST_STREAM_ERROR, GST_STREAM_ERROR_DECODE) != FALSE ||
         g_error_matches(error, GST_STREAM_ERROR, GST_STREAM_ERROR_WRONG_TYPE) != FALSE;
}

bool element_exists(const char* name) {
  GstElementFactory* factory = gst_element_factory_find(name);
  if (factory == nullptr) return false;
  gst_object_unref(factory);
  return true;
}

}  // namespace mvga::tool
