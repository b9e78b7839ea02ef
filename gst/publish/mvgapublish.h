// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#pragma once

#include <gst/base/gstbasetransform.h>
#include <gst/gst.h>

G_BEGIN_DECLS

#define MVGA_TYPE_PUBLISH (mvga_publish_get_type())
G_DECLARE_FINAL_TYPE(MvgaPublish, mvga_publish, MVGA, PUBLISH, GstBaseTransform)

GST_ELEMENT_REGISTER_DECLARE(mvgapublish);

G_END_DECLS
