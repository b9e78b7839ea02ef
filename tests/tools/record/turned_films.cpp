// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/tools/record/turned_films.h"

#include <gst/app/gstappsink.h>

#include <stdexcept>

#include "tests/gst/harness/play.h"
#include "tools/media/stream_orientation.h"
#include "tools/record/pipelines.h"

namespace mvga::testing {

void remux(const std::filesystem::path& film, const std::filesystem::path& file,
           const std::string& muxer) {
  const std::string error = play("filesrc location=" + film.string() + " ! parsebin ! " + muxer +
                                 " ! filesink location=" + file.string());
  if (!error.empty()) throw std::runtime_error(error);
}

int orientation_of(const std::filesystem::path& film) {
  const gst::Pipeline pipeline = tool::parse_pipeline("filesrc location=" + film.string() +
                                                      " ! parsebin ! appsink name=sink sync=false");
  const auto sink = tool::part_of(pipeline.get(), "sink");
  gst_element_set_state(pipeline.get(), GST_STATE_PLAYING);
  const gst::Owned<GstSample> sample(gst_app_sink_pull_sample(GST_APP_SINK(sink.get())));
  const gst::Owned<GstPad> pad(gst_element_get_static_pad(sink.get(), "sink"));
  return tool::stream_orientation(pad.get());
}

}  // namespace mvga::testing
