// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The model in use, and its replacement while frames go on.
#pragma once

#include <gst/gst.h>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "gst/detect/frame.h"
#include "gst/detect/model_in_use.h"
#include "gst/detect/settings.h"
#include "gst/meta/frame_result.h"

namespace mvga::gst {

/// Thread-safe. Holds a model, or what is known of one that is being learned.
class ModelSlot {
 public:
  /// As load_with_backbone in gst/detect/load_model.h. From any thread.
  using Load =
      std::function<SharedModel(const DetectElementSettings& settings, const ModelInUse* old)>;
  /// Called from the loading thread: a model is in use now, or (`error` is not empty) it is not and
  /// the old one stays.
  using Report = std::function<void(const std::string& path, const std::string& error)>;

  /// Loads the model that the settings name.
  /// @throws Error
  ModelSlot(GstElement* element, const DetectElementSettings& settings, Load load, Report report);
  /// For a model that put_learned() will bring.
  ModelSlot(GstElement* element, const ModelInUse& to_be_learned, const LearningProgress& progress,
            Load load, Report report);
  /// Waits for a model that is being loaded.
  ~ModelSlot();
  ModelSlot(const ModelSlot&) = delete;
  ModelSlot& operator=(const ModelSlot&) = delete;

  /// Never null.
  SharedModel current() const;
  /// A frame that came in while the model was being learned is held against what is here by now,
  /// any other one against what it came in with.
  FrameSnapshot with_learned(const FrameSnapshot& frame) const;
  std::optional<LearningProgress> learning() const;

  void note_progress(const LearningProgress& progress);
  /// Ends learning, unless another model was set meanwhile.
  void put_learned(SharedModel model);

  /// Loads the model that the settings name on a thread of its own, and puts it here. A bad one
  /// leaves what is here, with a warning. Of several requests meanwhile, the last counts.
  void request(const DetectElementSettings& settings);

 private:
  void serve(const std::stop_token& stopped);
  void replace(const DetectElementSettings& settings);
  void put(SharedModel model);
  void warn_of(const DetectElementSettings& settings, const ModelInUse& in_use) const;

  GstElement* element_;
  Load load_;
  Report report_;
  mutable std::mutex mutex_;  ///< of what follows
  SharedModel model_;
  LearningProgress progress_;
  std::optional<DetectElementSettings> requested_;
  std::condition_variable_any wake_;
  std::jthread loader_;  ///< from the first request on; the last member, as it uses the others
};

}  // namespace mvga::gst
