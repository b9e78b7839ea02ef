// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Several streams, or several images of one, in one inference.
#pragma once

#include <memory>
#include <string>

#include "core/features/backbone.h"
#include "models/sharing/inference_queue.h"

namespace mvga {

/// A backbone whose images are inferred in batches: on one thread, those that have waited longest
/// first. extract() gives, and throws, what the backbone does; when a batch fails, its images are
/// tried one by one, so that none fails for another. Worth it where several threads extract at the
/// same time.
/// The thread ends with the last user. Safe to call from several threads at once.
std::shared_ptr<const Backbone> infer_in_batches(std::shared_ptr<const Backbone> backbone,
                                                 const Batching& batching);

/// The same, together with the images of all that were made with the same `instance` and an equal
/// backbone (architecture, weights, levels, input size, device, precision). Of different batchings
/// the largest size and the longest timeout count.
std::shared_ptr<const Backbone> share_inference(const std::string& instance,
                                                std::shared_ptr<const Backbone> backbone,
                                                const Batching& batching);

}  // namespace mvga
