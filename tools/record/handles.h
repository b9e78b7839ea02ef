// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Ownership of GStreamer's objects, as the files of this folder name it.
#pragma once

#include "gst/element/handles.h"

namespace mvga::tool {

template <typename T>
using Gst = gst::Owned<T>;
using GstPipelineOwner = gst::Pipeline;

}  // namespace mvga::tool
