// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The request pad's own answers to queries and to events from downstream.
#pragma once

#include <gst/gst.h>

namespace mvga::gst {

/// An active pad for an element derived from GstBaseTransform.
GstPad* new_heatmap_pad(GstPadTemplate* pad_template);

}  // namespace mvga::gst
