// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What a publisher tells the application about its way out.
#pragma once

#include <gst/gst.h>

#include <cstdint>
#include <exception>
#include <mutex>
#include <set>
#include <string>

namespace mvga::gst::publish {

/// Any thread may call anything.
class ConnectionReport {
 public:
  explicit ConnectionReport(GstElement* element) : element_(element) {}

  /// Documents go out. After a complaint, an INFO message says so.
  void works();
  /// Nothing goes out at the moment. A WARNING message, once for each reason until it works again,
  /// however often it is tried.
  void fails(const std::exception& why);
  /// A single document is not taken, while others go out. A WARNING, once for each reason.
  void refuses(const std::exception& why);
  bool failing() const;
  /// How often it worked again.
  std::uint64_t reconnects() const;

 private:
  GstElement* element_;
  mutable std::mutex mutex_;          ///< of what follows
  std::set<std::string> complaints_;  ///< since it last worked
  std::string refusal_;               ///< the last one
  bool failing_ = false;
  bool worked_ = false;
  std::uint64_t reconnects_ = 0;
};

}  // namespace mvga::gst::publish
