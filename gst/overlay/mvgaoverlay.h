// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#pragma once

#include <gst/base/gstbasetransform.h>
#include <gst/gst.h>

G_BEGIN_DECLS

#define MVGA_TYPE_OVERLAY (mvga_overlay_get_type())
G_DECLARE_FINAL_TYPE(MvgaOverlay, mvga_overlay, MVGA, OVERLAY, GstBaseTransform)

GST_ELEMENT_REGISTER_DECLARE(mvgaoverlay);

G_END_DECLS
