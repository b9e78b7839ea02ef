// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// From the library's exceptions, and what else is to be told, to GStreamer's messages.
#pragma once

#include <gst/gst.h>

#include <exception>
#include <string>

#include "core/base/error.h"

namespace mvga::gst {

/// An Error of which GStreamer knows more than its kind says.
class ResourceError : public Error {
 public:
  ResourceError(GstResourceError code, const std::string& what)
      : Error(ErrorKind::unwritable, what), code_(code) {}
  GstResourceError code() const { return code_; }

 private:
  GstResourceError code_;
};

/// Posts the exception on the bus with the GStreamer domain and code that fit its kind. `type` is
/// GST_MESSAGE_ERROR or GST_MESSAGE_WARNING.
void post_exception(GstElement* element, GstMessageType type, const std::exception& exception);

/// Posts an INFO message.
void post_info(GstElement* element, const std::string& what);

/// Runs `action` and posts what it throws. No exception crosses a GObject boundary.
/// @return whether nothing was thrown
template <typename Action>
bool guarded(GstElement* element, Action&& action, GstMessageType type = GST_MESSAGE_ERROR) {
  try {
    action();
    return true;
  } catch (const std::exception& e) {
    post_exception(element, type, e);
    return false;
  }
}

/// The same for what gives a flow.
template <typename Action>
GstFlowReturn guarded_flow(GstElement* element, Action&& action) {
  GstFlowReturn flow = GST_FLOW_ERROR;
  guarded(element, [&] { flow = action(); });
  return flow;
}

}  // namespace mvga::gst
