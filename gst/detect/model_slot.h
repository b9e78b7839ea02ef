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

#include "core/scoring/map_grid.h"
#include "gst/detect/loaded_model.h"
#include "gst/detect/settings.h"
#include "gst/meta/frame_result.h"

namespace mvga::gst {

/// What is known while there is no model yet.
struct ModelInTheMaking {
  std::string id;
  int input_size = 0;
  GridSize map_grid;
  Box roi;
  LearningProgress progress;
};

/// Thread-safe. Holds a model, or one that is being learned.
class ModelSlot {
 public:
  /// As load_with_backbone in gst/detect/loaded_model.h. From any thread.
  using Load = std::function<std::shared_ptr<const LoadedModel>(
      const DetectElementSettings& settings, const LoadedModel* old)>;
  /// Called from the loading thread: a model is in use now, or (`error` is not empty) it is not and
  /// the old one stays.
  using Report = std::function<void(const std::string& path, const std::string& error)>;

  /// Loads the model that the settings name.
  /// @throws Error
  ModelSlot(GstElement* element, const DetectElementSettings& settings, Load load, Report report);
  /// For a model that put_learned() will bring.
  ModelSlot(GstElement* element, ModelInTheMaking learned, Load load, Report report);
  /// Waits for a model that is being loaded.
  ~ModelSlot();
  ModelSlot(const ModelSlot&) = delete;
  ModelSlot& operator=(const ModelSlot&) = delete;

  /// Null while learning.
  std::shared_ptr<const LoadedModel> current() const;
  std::optional<LearningProgress> learning() const;
  std::string id() const;
  /// Of the model or of the one to be.
  int input_size() const;
  GridSize map_grid() const;
  Box roi() const;

  void note_progress(const LearningProgress& progress);
  /// Ends learning, unless another model was set meanwhile.
  void put_learned(std::shared_ptr<const LoadedModel> model);

  /// Loads the model that the settings name on a thread of its own, and puts it here. A bad one
  /// leaves what is here, with a warning. Of several requests meanwhile, the last counts.
  void request(const DetectElementSettings& settings);

 private:
  void serve(const std::stop_token& stopped);
  void replace(const DetectElementSettings& settings);
  void put(std::shared_ptr<const LoadedModel> model);

  GstElement* element_;
  Load load_;
  Report report_;
  mutable std::mutex mutex_;  ///< of what follows
  std::shared_ptr<const LoadedModel> model_;
  ModelInTheMaking in_the_making_;
  std::optional<DetectElementSettings> requested_;
  std::condition_variable_any wake_;
  std::jthread loader_;  ///< from the first request on; the last member, as it uses the others
};

}  // namespace mvga::gst
