// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// In place of kafka_publisher.cpp where librdkafka is not installed.
#include "core/base/error.h"
#include "gst/publish/publisher.h"

namespace mvga::gst::publish {

std::unique_ptr<Publisher> make_kafka_publisher(const PublishSettings&, DocumentQueue&,
                                                ConnectionReport&) {
  throw Error(ErrorKind::settings,
              "method=kafka was not built: install librdkafka-dev (Debian's name) and build mvga "
              "again");
}

}  // namespace mvga::gst::publish
