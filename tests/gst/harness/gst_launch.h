// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// gst-launch-1.0 as a user starts it, in a process of its own.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>
#include <vector>

namespace mvga::testing {

class GstLaunch {
 public:
  /// What `prepare` returns when the machine does not allow what it wants.
  static constexpr int kCannotPrepare = 77;

  /// `arguments` are options and the pipeline, separated by spaces. `prepare` runs in the child
  /// before gst-launch-1.0 does; anything but 0 ends the child with that exit status.
  explicit GstLaunch(const std::string& arguments, const std::function<int()>& prepare = {});
  ~GstLaunch();
  GstLaunch(const GstLaunch&) = delete;
  GstLaunch& operator=(const GstLaunch&) = delete;

  /// Reads what it prints until `text` has come `times` times. False if it ends before.
  bool wait_for(const std::string& text, int times = 1);
  /// Ctrl-C.
  void interrupt() const;
  /// Reads to the end and waits. The exit status; 128 + the signal that ended it.
  int finish();

  /// Everything that it has printed, on either stream.
  const std::string& printed() const { return printed_; }
  /// The most memory that it held, in KiB; after finish().
  long peak_memory() const { return peak_memory_; }

 private:
  bool read_some();

  pid_t child_ = -1;
  int output_ = -1;
  std::string printed_;
  long peak_memory_ = 0;
};

}  // namespace mvga::testing
