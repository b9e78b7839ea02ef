// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#pragma once

#include <gst/base/gstbasetransform.h>
#include <gst/gst.h>

G_BEGIN_DECLS

#define MVGA_TYPE_DETECT (mvga_detect_get_type())
G_DECLARE_FINAL_TYPE(MvgaDetect, mvga_detect, MVGA, DETECT, GstBaseTransform)

GST_ELEMENT_REGISTER_DECLARE(mvgadetect);

G_END_DECLS
