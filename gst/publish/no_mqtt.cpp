// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// In place of mqtt_publisher.cpp where libmosquitto is not installed.
#include "core/base/error.h"
#include "gst/publish/publisher.h"

namespace mvga::gst::publish {

std::unique_ptr<Publisher> make_mqtt_publisher(const PublishSettings&, DocumentQueue&,
                                               ConnectionReport&) {
  throw Error(ErrorKind::settings,
              "method=mqtt was not built: install libmosquitto-dev (Debian's name) and build mvga "
              "again");
}

}  // namespace mvga::gst::publish
