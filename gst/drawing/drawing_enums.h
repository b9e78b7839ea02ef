// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What properties say of drawing, as types of GObject.
#pragma once

#include <gst/gst.h>

namespace mvga::gst {

/// Of Drawing.
GType drawing_get_type();
/// Of overlay::OverlayStyle, as flags.
GType overlay_style_get_type();
/// Of overlay::Colormap.
GType colormap_get_type();

}  // namespace mvga::gst
