// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/record/recording_graph.h"

#include "tools/record/encoding.h"
#include "tools/record/stream_kind.h"

namespace mvga::tool {
namespace {

constexpr const char* kSink = "sync=false async=false enable-last-sample=false";

/// What the detector sees. Of a camera that is faster than the detector it gets the newest frame;
/// a file waits for it.
std::string watched_frames(bool encoded, bool live) {
  const std::string leaky = live ? " leaky=downstream" : "";
  const std::string decoder = "queue name=undecoded ! decodebin ! ";
  return (encoded ? decoder : "") + "queue max-size-buffers=1 max-size-bytes=0 max-size-time=0" +
         leaky + " ! videoconvert ! appsink name=watched " + kSink;
}

}  // namespace

std::string recording_graph(const GstCaps* caps, const GraphSettings& settings) {
  const bool encoded = media_type(caps) != "video/x-raw";
  const std::string recorded = std::string(" ! appsink name=encoded ") + kSink;
  const std::string whole =
      "identity name=in ! " + (encoded ? parser_for(caps) + " ! " : "") + "identity name=whole ! ";
  if (settings.overlay)
    return whole + watched_frames(encoded, settings.live) +
           "  appsrc name=drawn format=time block=true max-bytes=0 max-buffers=2 ! " +
           encoder_for(caps, settings.bitrate) + recorded;
  const std::string encode = "queue max-size-buffers=30 max-size-bytes=0 max-size-time=0 ! " +
                             encoder_for(caps, settings.bitrate);
  return whole + "tee name=both" + (encoded ? "" : " ! " + encode) + recorded + "  both. ! " +
         watched_frames(encoded, settings.live);
}

}  // namespace mvga::tool
