// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#pragma once

#include <gst/base/gstbasetransform.h>
#include <gst/gst.h>

G_BEGIN_DECLS

#define MVGA_TYPE_FIT (mvga_fit_get_type())
G_DECLARE_FINAL_TYPE(MvgaFit, mvga_fit, MVGA, FIT, GstBaseTransform)

GST_ELEMENT_REGISTER_DECLARE(mvgafit);

G_END_DECLS
