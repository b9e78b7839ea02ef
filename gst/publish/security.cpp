// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/publish/security.h"

#include <cerrno>
#include <cstring>
#include <fstream>

#include "core/base/error.h"

namespace mvga::gst::publish {
namespace {

void check_readable(const char* property, const std::string& file) {
  if (file.empty() || std::ifstream(file)) return;
  throw Error(ErrorKind::not_found,
              std::string("cannot read ") + property + " " + file + ": " + std::strerror(errno));
}

Credentials credentials_of(const PublishSettings& settings) {
  Credentials credentials{settings.username, settings.password};
  if (settings.credentials_file.empty()) return credentials;
  const Credentials read = read_credentials(settings.credentials_file);
  if (!read.username.empty()) credentials.username = read.username;
  if (!read.password.empty()) credentials.password = read.password;
  return credentials;
}

}  // namespace

Security security_of(const PublishSettings& settings) {
  const bool files = !settings.ca_file.empty() || !settings.cert_file.empty();
  if (files && !settings.tls)
    throw Error(ErrorKind::settings, "ca-file and cert-file are for tls=true, which is not set");
  if (settings.cert_file.empty() != settings.key_file.empty())
    throw Error(ErrorKind::settings, "cert-file and key-file go together: set both or none");
  check_readable("ca-file", settings.ca_file);
  check_readable("cert-file", settings.cert_file);
  check_readable("key-file", settings.key_file);
  return {credentials_of(settings), settings.tls != FALSE, settings.ca_file, settings.cert_file,
          settings.key_file};
}

}  // namespace mvga::gst::publish
