// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Several streams, one inference.
#pragma once

#include <memory>
#include <string>

#include "models/backbone.h"

namespace mvga {

/// A backbone whose pictures are inferred together with those of all that were made with the same
/// `instance` and an equal backbone (architecture, weights, levels, input size, device, precision):
/// on one thread, those that have waited longest first, up to `batch_size` at once as far as they
/// are there already; of different sizes the largest counts. Nothing waits for a batch to fill up.
/// extract() gives, and throws, what the backbone does; when a batch fails, its pictures are tried
/// one by one, so that none fails for another.
/// The thread ends with the last user. Safe to call from several threads at once.
/// @param batch_size at least 1
std::shared_ptr<const Backbone> share_inference(const std::string& instance,
                                                std::shared_ptr<const Backbone> backbone,
                                                int batch_size);

}  // namespace mvga
