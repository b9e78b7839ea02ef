// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/tools/media/small_videos.h"

#include <stdexcept>
#include <string>

#include "tests/gst/harness/play.h"

namespace mvga::testing {
namespace {

void make(const std::string& description) {
  if (const std::string error = play(description); !error.empty()) throw std::runtime_error(error);
}

}  // namespace

void write_video(const std::filesystem::path& file, int frames) {
  make("videotestsrc pattern=snow num-buffers=" + std::to_string(frames) +
       " ! video/x-raw,format=I420,width=48,height=40,framerate=25/1 ! jpegenc ! matroskamux ! "
       "filesink location=" +
       file.string());
}

void write_sound(const std::filesystem::path& file) {
  make("audiotestsrc num-buffers=40 ! audio/x-raw,rate=44100 ! wavenc ! filesink location=" +
       file.string());
}

}  // namespace mvga::testing
