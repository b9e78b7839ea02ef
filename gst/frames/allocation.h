// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What an element that passes frames on tells upstream of the buffers it would like.
#pragma once

#include <gst/base/gstbasetransform.h>

namespace mvga::gst {

/// Answers an ALLOCATION query as downstream does, with its pools, allocators and metas, whether
/// frames pass as they are or are drawn on: they keep the memory that they come in. All but one:
/// with a sink that takes GstVideoCropMeta, what crops upstream would hand on the whole picture.
/// @return whether downstream has an answer
bool answer_allocation(GstBaseTransform* element, GstQuery* query);

}  // namespace mvga::gst
