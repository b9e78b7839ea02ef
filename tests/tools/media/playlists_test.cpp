// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A file is looked at, never what it names: a server counts who asks.

#include <filesystem>
#include <string>
#include <vector>

#include "tests/core/io/test_files.h"
#include "tests/gst/harness/run_command.h"
#include "tests/tools/media/media_fixture.h"
#include "tests/tools/media/small_videos.h"
#include "tests/tools/weights/weights_server.h"
#include "tools/media/autoplugging.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;
using test::read_text;
using test::write_text;
using testing::contains;
using testing::failure_of;

struct Named {
  std::string what;
  std::string text;
};

/// Files that name `address`, as their kinds do.
std::vector<Named> playlists(const std::string& address) {
  const std::string xml = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
  return {
      {"HLS, of streams", "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n" + address + "/low.m3u8\n"},
      {"HLS, of pieces",
       "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n" + address + "/1.ts\n#EXT-X-ENDLIST\n"},
      {"M3U", "#EXTM3U\n#EXTINF:5,a\n" + address + "/1.mp4\n"},
      {"DASH", xml +
                   "<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\" "
                   "mediaPresentationDuration=\"PT5S\" minBufferTime=\"PT1S\" "
                   "profiles=\"urn:mpeg:dash:profile:isoff-on-demand:2011\"><BaseURL>" +
                   address +
                   "/</BaseURL><Period><AdaptationSet mimeType=\"video/mp4\"><Representation "
                   "id=\"1\" bandwidth=\"1\" codecs=\"avc1.4d401f\" width=\"64\" height=\"64\">"
                   "<BaseURL>1.mp4</BaseURL><SegmentBase indexRange=\"0-99\"/></Representation>"
                   "</AdaptationSet></Period></MPD>\n"},
      {"Smooth Streaming", xml +
                               "<SmoothStreamingMedia MajorVersion=\"2\" MinorVersion=\"0\" "
                               "Duration=\"50000000\"><StreamIndex Type=\"video\" Url=\"" +
                               address + "/{bitrate}/{start time}\"/></SmoothStreamingMedia>\n"},
      {"SDP", "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\na=control:" +
                  address + "\nm=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n"},
      {"addresses", address + "/1.mp4\n" + address + "/2.mp4\n"},
      {"RTSPtext", "rtsptext\n" + address + "\n"},
      {"pieces for ffmpeg", "ffconcat version 1.0\nfile '" + address + "/1.mp4'\n"},
      {"an editor's project",
       xml + "<ges version='0.7'><project><ressources><asset id='" + address +
           "/1.mp4' extractable-type-name='GESUriClip'/></ressources></project></ges>\n"},
      {"a drawing", xml +
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">"
                        "<image href=\"" +
                        address + "/1.png\" width=\"9\" height=\"9\"/></svg>\n"},
  };
}

class Playlists : public testing::MediaFolder {
 protected:
  Playlists() { write_text(log_, ""); }
  fs::path log_ = at("requests");
};

TEST_F(Playlists, AreRefusedWhateverTheyAreCalled) {
  write_text(at("served"), "x");
  const testing::WeightsServer server(at("served"), log_);
  for (const Named& file : playlists(server.address("")))
    for (const char* name : {"a.png", "a.jpg", "a.tif", "a.mp4", "a.mkv", "a.m3u8", "a"}) {
      write_text(at(name), file.text);
      const std::string said = failure(name);
      EXPECT_TRUE(contains(said, std::string(name) + ": cannot be decoded"))
          << file.what << " as " << name << ": " << said;
      EXPECT_NE(failure_of([&] { read_mask(at(name)); }), "no error") << file.what;
    }
  EXPECT_EQ(read_text(log_), "") << "something asked the server";
}

/// Otherwise the test above would pass without being one.
TEST_F(Playlists, WouldBeFetchedByWhoTakesWhatGStreamerMakesOfThem) {
  write_text(at("served"), "x");
  const testing::WeightsServer server(at("served"), log_);
  write_text(at("a.png"), playlists(server.address(""))[0].text);
  // In a process of its own, as GStreamer's client for HLS leaks.
  testing::run_command("timeout 10 gst-launch-1.0 -q filesrc location=" + at("a.png").string() +
                       " ! decodebin ! fakesink");
  if (read_text(log_).empty()) GTEST_SKIP() << "this GStreamer has no client for HTTP, or no HLS";
}

TEST_F(Playlists, SayWhyAVideoIsNone) {
  write_text(at("a.mp4"), playlists("http://127.0.0.1:1")[0].text);
  const std::string said = failure("a.mp4");
  EXPECT_TRUE(contains(said, "application/x-hls") && contains(said, "is not fetched")) << said;
}

TEST_F(Playlists, AVideoInAPicturesClothesIsNoPicture) {
  testing::write_video(at("video.mkv"), 3);
  fs::rename(at("video.mkv"), at("video.png"));
  const std::string said = failure("video.png");
  EXPECT_TRUE(contains(said, "none of PNG, JPEG, BMP, TIFF, WebP and Netpbm")) << said;
}

TEST(MediaTypes, ThatHoldVideosAreTold) {
  for (const char* type : {"video/quicktime", "video/x-matroska", "video/x-raw", "audio/x-wav",
                           "image/jpeg", "application/ogg", "application/mxf", "video/mpegts",
                           "multipart/x-mixed-replace", "application/x-gst-av-nut"})
    EXPECT_TRUE(holds_media(type)) << type;
  for (const char* type :
       {"application/x-hls", "application/dash+xml", "application/vnd.ms-sstr+xml",
        "application/sdp", "application/x-rtsp", "text/uri-list", "text/plain", "text/html",
        "application/xges", "application/xml", "audio/x-mpegurl", "image/svg+xml",
        "application/x-rtp", "application/smil", "application/x-gst-av-concat",
        "application/x-gst-av-hls", "application/x-gst-av-applehttp"})
    EXPECT_FALSE(holds_media(type)) << type;
}

}  // namespace
}  // namespace mvga::tool
