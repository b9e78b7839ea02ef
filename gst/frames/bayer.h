// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Cameras that give the raw mosaic of their sensor. The elements take none, but let it come as far
// as to say what is to be done: GStreamer's own words are "not-negotiated".
#pragma once

#include <gst/base/gstbasetransform.h>

namespace mvga::gst {

/// To be called when the base class has answered a query: Bayer video may be linked and announced
/// by who has nothing else to give. It is offered to nobody who has.
/// @return whether the query has been answered here
bool let_bayer_come(GstBaseTransform* element, GstPadDirection direction, GstQuery* query);

/// Posts what is to be done.
/// @return whether the event announces Bayer video, and is not to go on
bool refuse_bayer(GstBaseTransform* element, GstEvent* event);

}  // namespace mvga::gst
