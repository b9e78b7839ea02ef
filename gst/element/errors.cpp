// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/element/errors.h"

#include <new>

#include "core/base/printable.h"

namespace mvga::gst {
namespace {

struct Code {
  GQuark domain;
  gint code;
};

Code code_of(const std::exception& exception) {
  const auto resource = [](GstResourceError code) { return Code{GST_RESOURCE_ERROR, code}; };
  if (dynamic_cast<const std::bad_alloc*>(&exception) != nullptr)
    return resource(GST_RESOURCE_ERROR_NO_SPACE_LEFT);
  if (const auto* known = dynamic_cast<const ResourceError*>(&exception))
    return resource(known->code());
  const auto* error = dynamic_cast<const Error*>(&exception);
  if (error == nullptr) return {GST_LIBRARY_ERROR, GST_LIBRARY_ERROR_FAILED};
  switch (error->kind()) {
    case ErrorKind::not_found:
      return resource(GST_RESOURCE_ERROR_NOT_FOUND);
    case ErrorKind::unreadable:
      return resource(GST_RESOURCE_ERROR_READ);
    case ErrorKind::unwritable:
      return resource(GST_RESOURCE_ERROR_WRITE);
    case ErrorKind::no_space:
      return resource(GST_RESOURCE_ERROR_NO_SPACE_LEFT);
    case ErrorKind::settings:
      return resource(GST_RESOURCE_ERROR_SETTINGS);
    case ErrorKind::too_few:
      return {GST_STREAM_ERROR, GST_STREAM_ERROR_FAILED};
    case ErrorKind::engine:
      break;
  }
  return {GST_LIBRARY_ERROR, GST_LIBRARY_ERROR_FAILED};
}

}  // namespace

void post_exception(GstElement* element, GstMessageType type, const std::exception& exception) {
  const Code code = code_of(exception);
  const std::string message = printable(exception.what(), kLongestMessage);
  gst_element_message_full(element, type, code.domain, code.code, g_strdup(message.c_str()),
                           nullptr, __FILE__, GST_FUNCTION, __LINE__);
}

void post_info(GstElement* element, const std::string& what) {
  const std::string text = printable(what, kLongestMessage);
  // Of an INFO message gst-launch-1.0 prints the debug text alone: that is to be these words, not
  // the source line that GST_ELEMENT_INFO puts there.
  GError* error = g_error_new_literal(GST_STREAM_ERROR, GST_STREAM_ERROR_FAILED, text.c_str());
  gst_element_post_message(element, gst_message_new_info(GST_OBJECT(element), error, text.c_str()));
  g_error_free(error);
}

}  // namespace mvga::gst
