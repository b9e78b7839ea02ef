// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/sharing/shared_inference.h"

#include <tuple>
#include <utility>
#include <vector>

#include "models/sharing/shared_values.h"

namespace mvga {
namespace {

class SharedInference : public Backbone {
 public:
  explicit SharedInference(std::shared_ptr<InferenceQueue> queue) : queue_(std::move(queue)) {}

  const BackboneInfo& info() const override { return queue_->backbone().info(); }
  Levels extract(const RgbView& image) const override { return queue_->extract(image); }

 private:
  std::shared_ptr<InferenceQueue> queue_;
};

/// The instance, and what of a backbone decides on its features.
using QueueKey = std::tuple<std::string, std::string, std::string, std::vector<int>, int,
                            std::string, Precision>;

QueueKey key_for(const std::string& instance, const BackboneInfo& info) {
  std::vector<int> levels;
  for (const LevelShape& shape : info.levels) levels.push_back(shape.level);
  return {instance,        info.architecture, info.weights_sha256, std::move(levels),
          info.input_size, info.device,       info.precision};
}

}  // namespace

std::shared_ptr<const Backbone> infer_in_batches(std::shared_ptr<const Backbone> backbone,
                                                 const Batching& batching) {
  auto queue = std::make_shared<InferenceQueue>(std::move(backbone));
  queue->allow(batching);
  return std::make_shared<SharedInference>(std::move(queue));
}

std::shared_ptr<const Backbone> share_inference(const std::string& instance,
                                                std::shared_ptr<const Backbone> backbone,
                                                const Batching& batching) {
  static SharedValues<QueueKey, InferenceQueue> queues;
  const QueueKey key = key_for(instance, backbone->info());
  std::shared_ptr<InferenceQueue> queue = queues.get(
      key, [](const InferenceQueue&) { return true; },
      [&] { return std::make_shared<InferenceQueue>(std::move(backbone)); });
  queue->allow(batching);
  return std::make_shared<SharedInference>(std::move(queue));
}

}  // namespace mvga
