// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What an element that learns tells the application: progress, and what was learned.
#pragma once

#include <gst/gst.h>

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

#include "core/base/stopwatch.h"
#include "core/learning/learner.h"
#include "core/scoring/model.h"

namespace mvga::gst {

/// Posts `mvga-fit` element messages for programs and INFO messages for people, of which
/// gst-launch-1.0 prints the latter by itself. (Not PROGRESS: an application that sees one waits
/// for its end before it starts to play.)
///
/// Progress comes from a thread of its own, so that neither a slow backbone nor a
/// long fit makes it late.
class FitReport {
 public:
  /// `expected` frames are going to be learned; 0: nobody knows how many.
  FitReport(GstElement* element, std::uint64_t expected) : element_(element), expected_(expected) {}
  ~FitReport() { stop_ticking(); }
  FitReport(const FitReport&) = delete;
  FitReport& operator=(const FitReport&) = delete;

  /// While one lives, something is being worked on: there is progress to report.
  class Step {
   public:
    explicit Step(FitReport& report) : report_(report) {
      report_.begin();
      report_.set_busy(true);
    }
    ~Step() { report_.set_busy(false); }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;

   private:
    FitReport& report_;
  };

  void learned(std::uint64_t frames);
  /// So many came damaged, and were not learned.
  void left_out(std::uint64_t corrupted) { corrupted_ = corrupted; }
  /// From now on Gaussians are fitted to what was learned.
  void fitting();
  void calibrated(std::size_t done, std::size_t total);
  /// The last message.
  void saved(const Model& model, const std::string& path);
  /// The stream is stopped without its end. The application may not listen to the bus any more
  /// (gst-launch-1.0 does not), so what follows goes to GLib's log as well.
  void interrupted();
  /// The last words; the error itself is the caller's to post.
  void failed(const std::string& why);
  /// Warns when the held-out frames cannot support the rate that was asked for.
  void warn_of_broken_promise(const Model& model);

 private:
  enum class Phase { learning, fitting, calibrating };
  struct Progress {
    Phase phase = Phase::learning;
    std::uint64_t frames = 0;
    std::uint64_t total = 0;  ///< 0: nobody knows
    Stopwatch watch;          ///< of the phase
  };

  void begin();
  void set_busy(bool busy);
  void tick(const std::stop_token& stopped);
  void stop_ticking();
  void post(const Progress& progress) const;
  void post_fields(const char* phase, const Progress& progress, double rate) const;
  void tell(const std::string& text) const;
  void log_if_interrupted(const std::string& text) const;
  std::string corrupted_text() const;

  GstElement* element_;
  std::uint64_t expected_;
  std::atomic<bool> interrupted_ = false;
  std::atomic<std::uint64_t> corrupted_ = 0;
  Stopwatch watch_;   ///< of all phases
  std::mutex mutex_;  ///< of what follows
  Progress progress_;
  bool begun_ = false;
  bool busy_ = false;
  bool changed_ = false;
  std::condition_variable_any wake_;
  std::jthread ticker_;
};

/// Fits, calibrates and writes the model, and tells of each step.
/// @throws Error as Learner::finish and save_model say; the file is then what it was
Model finish_learning(const Learner& learner, const std::string& path, FitReport& report);

}  // namespace mvga::gst
