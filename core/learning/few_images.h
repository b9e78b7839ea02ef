// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Learning from one to three images: too few to spare one for checking.
#pragma once

#include <cstddef>
#include <functional>

#include "core/features/backbone.h"
#include "core/gaussian/reduction.h"
#include "core/learning/fit_settings.h"
#include "core/learning/frame_store.h"
#include "core/scoring/model.h"

namespace mvga {

/// Fits to all views of the stored images, and calibrates on each view by Gaussians that have not
/// seen it: those of the other images, or, where there is only one or all are copies of it, those
/// of other views of it. Views resemble each other more than parts do: how scores and maps are
/// scaled they can say, but they are no witnesses of a promise.
/// @param model all is known of it but what is fitted
/// @param progress called with the images done
/// @throws Error too_few if the images have no spread, unreadable
void fit_few(const FrameStore& store, const Backbone& backbone, const FitSettings& settings,
             const std::function<void(std::size_t)>& progress, Model& model);

}  // namespace mvga
