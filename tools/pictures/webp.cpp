// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/pictures/webp.h"

#include <webp/decode.h>
#include <webp/demux.h>

#include <algorithm>
#include <array>
#include <memory>

#include "core/base/error.h"
#include "tools/pictures/exif.h"

namespace mvga::tool {
namespace {

const char* text_of(VP8StatusCode status) {
  switch (status) {
    case VP8_STATUS_NOT_ENOUGH_DATA:
    case VP8_STATUS_SUSPENDED:
      return "the WebP breaks off before its end";
    case VP8_STATUS_OUT_OF_MEMORY:
      return "there is not enough memory for the WebP";
    case VP8_STATUS_UNSUPPORTED_FEATURE:
      return "the WebP has what libwebp does not read here";
    default:
      return "the WebP is damaged";
  }
}

void check(VP8StatusCode status) {
  if (status != VP8_STATUS_OK) throw Error(ErrorKind::unreadable, text_of(status));
}

struct DeleteDemuxer {
  void operator()(WebPDemuxer* demuxer) const { WebPDemuxDelete(demuxer); }
};

void note_exif(Bytes webp, Samples& samples) {
  const WebPData data{webp.data(), webp.size()};
  const std::unique_ptr<WebPDemuxer, DeleteDemuxer> demuxer(WebPDemux(&data));
  WebPChunkIterator chunk;
  if (!demuxer || WebPDemuxGetChunk(demuxer.get(), "EXIF", 1, &chunk) == 0) return;
  Bytes exif(chunk.chunk.bytes, chunk.chunk.size);
  // Some programs write it as it is in a JPEG.
  constexpr std::array<unsigned char, 6> kStart{'E', 'x', 'i', 'f', 0, 0};
  if (exif.size() > kStart.size() && std::equal(kStart.begin(), kStart.end(), exif.begin()))
    exif = exif.subspan(kStart.size());
  note_orientation(exif, samples);
  WebPDemuxReleaseChunkIterator(&chunk);
}

}  // namespace

Samples decode_webp(Bytes webp) {
  WebPDecoderConfig config;
  if (WebPInitDecoderConfig(&config) == 0)
    throw Error(ErrorKind::engine, "libwebp is of another version than mvga was built with");
  check(WebPGetFeatures(webp.data(), webp.size(), &config.input));
  if (config.input.has_animation != 0)
    throw Error(ErrorKind::unreadable, "it is an animated WebP; save its pictures one by one");
  const bool alpha = config.input.has_alpha != 0;
  Samples samples = make_samples(static_cast<std::uint64_t>(config.input.width),
                                 static_cast<std::uint64_t>(config.input.height), alpha ? 4 : 3, 8);
  config.output.colorspace = alpha ? MODE_RGBA : MODE_RGB;
  config.output.is_external_memory = 1;
  config.output.u.RGBA = {samples.data.get(), static_cast<int>(samples.stride), samples.size()};
  check(WebPDecode(webp.data(), webp.size(), &config));
  note_exif(webp, samples);
  return samples;
}

}  // namespace mvga::tool
