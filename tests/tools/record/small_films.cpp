// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/tools/record/small_films.h"

#include <gst/app/gstappsink.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

#include "tests/gst/harness/small_model.h"
#include "tests/models/temporary_folder.h"
#include "tests/tools/harness/run_tool.h"
#include "tools/record/pipelines.h"

namespace mvga::testing {
namespace {

using gst::Owned;

StoredFrame stored(GstSample* sample) {
  GstBuffer* buffer = gst_sample_get_buffer(sample);
  StoredFrame frame;
  // What is decoded before the first frame is shown makes MP4's own times begin later.
  frame.time = gst_segment_to_stream_time(gst_sample_get_segment(sample), GST_FORMAT_TIME,
                                          GST_BUFFER_PTS(buffer));
  frame.key = !GST_BUFFER_FLAG_IS_SET(buffer, GST_BUFFER_FLAG_DELTA_UNIT);
  frame.bytes.resize(gst_buffer_get_size(buffer));
  gst_buffer_extract(buffer, 0, frame.bytes.data(), frame.bytes.size());
  return frame;
}

std::vector<double> scores_of(const std::filesystem::path& model,
                              const std::filesystem::path& film) {
  const Outcome outcome = mvga("predict " + model.string() + " " + film.string() +
                               " --threads 1 --weights " + small_weights().string());
  if (outcome.code != 0) throw std::runtime_error(outcome.printed);
  std::vector<double> scores;
  std::istringstream lines(outcome.printed);
  for (std::string line; std::getline(lines, line);)
    scores.push_back(nlohmann::json::parse(line).at("score"));
  return scores;
}

FilmModel learn(const TemporaryFolder& folder) {
  const std::filesystem::path good = folder / "good.mkv";
  const std::filesystem::path both = folder / "both.mkv";
  FilmModel model{folder / "film.mvga", 0};
  write_film(good, std::string(60, 'n'));
  write_film(both, std::string(30, 'n') + std::string(30, 'A'));
  const Outcome fit = mvga("fit " + good.string() + " -o " + model.file.string() + small_options());
  if (fit.code != 0) throw std::runtime_error(fit.printed);
  const std::vector<double> scores = scores_of(model.file, both);
  const double normal = *std::max_element(scores.begin(), scores.begin() + 30);
  const double anomalous = *std::min_element(scores.begin() + 30, scores.end());
  if (normal >= anomalous) throw std::runtime_error("the small model tells nothing apart");
  model.threshold = (normal + anomalous) / 2;
  return model;
}

std::vector<StoredFrame> frames_behind(const std::string& element,
                                       const std::filesystem::path& film) {
  const gst::Pipeline pipeline = tool::parse_pipeline("filesrc location=" + film.string() + " ! " +
                                                      element + " ! appsink name=sink sync=false");
  const Owned<GstElement> sink = tool::part_of(pipeline.get(), "sink");
  gst_element_set_state(pipeline.get(), GST_STATE_PLAYING);
  std::vector<StoredFrame> frames;
  while (const Owned<GstSample> sample{gst_app_sink_pull_sample(GST_APP_SINK(sink.get()))})
    frames.push_back(stored(sample.get()));
  return frames;
}

}  // namespace

std::vector<StoredFrame> stored_frames(const std::filesystem::path& film) {
  return frames_behind(film.extension() == ".mkv" ? "matroskademux" : "qtdemux", film);
}

std::vector<std::string> shown_frames(const std::filesystem::path& film) {
  std::vector<std::string> shown;
  for (StoredFrame& frame : frames_behind("decodebin", film))
    shown.push_back(std::move(frame.bytes));
  return shown;
}

void write_retimed(const std::filesystem::path& film, const std::filesystem::path& file,
                   const std::function<void(GstBuffer*, unsigned number)>& retime) {
  struct Work {
    const std::function<void(GstBuffer*, unsigned)>& retime;
    unsigned number = 0;
  } work{retime};
  const gst::Pipeline pipeline = tool::parse_pipeline(
      "filesrc location=" + film.string() +
      " ! matroskademux ! h264parse ! video/x-h264,stream-format=avc,alignment=au ! identity "
      "name=here ! gdppay ! filesink location=" +
      file.string());
  const Owned<GstElement> here = tool::part_of(pipeline.get(), "here");
  const Owned<GstPad> pad(gst_element_get_static_pad(here.get(), "src"));
  gst_pad_add_probe(
      pad.get(), GST_PAD_PROBE_TYPE_BUFFER,
      [](GstPad*, GstPadProbeInfo* info, gpointer data) {
        auto* const user = static_cast<Work*>(data);
        GstBuffer* buffer = gst_buffer_make_writable(GST_PAD_PROBE_INFO_BUFFER(info));
        GST_PAD_PROBE_INFO_DATA(info) = buffer;
        user->retime(buffer, user->number++);
        return GST_PAD_PROBE_OK;
      },
      &work, nullptr);
  const Owned<GstBus> bus(gst_element_get_bus(pipeline.get()));
  gst_element_set_state(pipeline.get(), GST_STATE_PLAYING);
  const Owned<GstMessage> message(
      gst_bus_timed_pop_filtered(bus.get(), GST_CLOCK_TIME_NONE,
                                 static_cast<GstMessageType>(GST_MESSAGE_ERROR | GST_MESSAGE_EOS)));
  if (GST_MESSAGE_TYPE(message.get()) != GST_MESSAGE_EOS)
    throw std::runtime_error(tool::text_of(message.get()));
}

const FilmModel& film_model() {
  static const TemporaryFolder folder;
  static const FilmModel model = learn(folder);
  return model;
}

}  // namespace mvga::testing
