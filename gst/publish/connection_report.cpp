// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/publish/connection_report.h"

#include "gst/element/errors.h"

namespace mvga::gst::publish {

void ConnectionReport::works() {
  {
    const std::lock_guard lock(mutex_);
    if (failing_ && worked_) ++reconnects_;
    worked_ = true;
    if (!failing_) return;
    failing_ = false;
    complaints_.clear();
  }
  gst_element_message_full(element_, GST_MESSAGE_INFO, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_WRITE,
                           g_strdup("connected: documents go out"), nullptr, __FILE__, GST_FUNCTION,
                           __LINE__);
}

void ConnectionReport::fails(const std::exception& why) {
  {
    const std::lock_guard lock(mutex_);
    failing_ = true;
    if (!complaints_.insert(why.what()).second) return;
  }
  post_exception(element_, GST_MESSAGE_WARNING, why);
}

void ConnectionReport::refuses(const std::exception& why) {
  {
    const std::lock_guard lock(mutex_);
    if (refusal_ == why.what()) return;
    refusal_ = why.what();
  }
  post_exception(element_, GST_MESSAGE_WARNING, why);
}

bool ConnectionReport::failing() const {
  const std::lock_guard lock(mutex_);
  return failing_;
}

std::uint64_t ConnectionReport::reconnects() const {
  const std::lock_guard lock(mutex_);
  return reconnects_;
}

}  // namespace mvga::gst::publish
