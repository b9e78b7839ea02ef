// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What flows through a pad, as far as a recording has to know.
#pragma once

#include <gst/gst.h>

#include <string>

#include "gst/frames/handles.h"

namespace mvga::tool {

/// "video/x-h264"; empty while it is open.
std::string media_type(const GstCaps* caps);
bool is_video(const std::string& media_type);

gst::Owned<GstCaps> caps_of(GstPad* pad);

/// What a pad gives that cannot be video, such as sound, when it is known before anything flows.
std::string other_media(GstPad* pad);

/// Whether frames come in when they are seen.
bool is_live(GstPad* pad);

/// Whether frames may be shown in another order than they come in.
bool reorders(const std::string& media_type);

/// Others have frames that are never shown, or fields.
bool has_one_picture_each(const GstCaps* caps);

}  // namespace mvga::tool
