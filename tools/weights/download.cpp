// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/weights/download.h"

#include <curl/curl.h>

#include <algorithm>
#include <exception>
#include <optional>
#include <string_view>

#include "core/base/error.h"
#include "tools/output/progress.h"
#include "tools/weights/headers.h"

namespace mvga::tool {
namespace {

constexpr std::uint64_t kMega = 1'000'000;

/// One request and what comes of it.
class Transfer {
 public:
  Transfer(PartFile& part, const DownloadSettings& settings);

  /// @return false if the part turned out to be none of the file: it is empty now, try again
  bool run();
  const std::string& hash() const { return headers_.hash(); }

 private:
  void ask_for_the_rest();

  [[noreturn]] void fail(const std::string& why, ErrorKind kind = ErrorKind::not_found) const;
  void require_at_most_the_largest(std::uint64_t size);
  void begin_body();
  void begin_progress(std::optional<std::uint64_t> missing);
  void take(std::span<const std::byte> bytes);
  static int on_progress(void* self, curl_off_t, curl_off_t received, curl_off_t, curl_off_t);
  static std::size_t on_header(char* data, std::size_t, std::size_t size, void* self);
  static std::size_t on_body(char* data, std::size_t, std::size_t size, void* self);

  PartFile& part_;
  const DownloadSettings& settings_;
  CurlRequest request_;
  Headers headers_;
  std::uint64_t asked_from_ = 0;
  bool body_begun_ = false;
  std::optional<Progress> progress_;
  std::uint64_t received_ = 0;
  std::exception_ptr thrown_;
};

Transfer::Transfer(PartFile& part, const DownloadSettings& settings)
    : part_(part), settings_(settings), request_(part.address(), settings.request) {
  request_.set(CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  request_.set(CURLOPT_HEADERDATA, this);
  request_.set(CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  request_.set(CURLOPT_WRITEDATA, this);
  request_.set(CURLOPT_XFERINFOFUNCTION, &Transfer::on_progress);
  request_.set(CURLOPT_XFERINFODATA, this);
  request_.set(CURLOPT_NOPROGRESS, 0L);
  ask_for_the_rest();
}

void Transfer::ask_for_the_rest() {
  const bool checked = !settings_.sha256.empty() || part_.version().starts_with(kHashVersion);
  if (part_.size() == 0 || scheme_of(part_.address()) == "file") return;
  // What is put together of two states of a file must not pass for one.
  if (!checked && part_.version().empty()) return;
  asked_from_ = part_.size();
  request_.set(CURLOPT_RANGE, (std::to_string(asked_from_) + "-").c_str());
  if (checked) return;
  request_.add_header("If-Range: " + part_.version());
}

bool Transfer::run() {
  const CURLcode code = request_.perform();
  progress_.reset();
  if (thrown_) std::rethrow_exception(thrown_);
  if (request_.status() == 416 && asked_from_ > 0) {
    // Nothing is left to send: it was complete, or is a part of another file.
    if (parse_content_range(headers_["content-range"]).total == part_.size()) return true;
    part_.begin("");
    return false;
  }
  if (code != CURLE_OK) fail(request_.why(code));
  begin_body();  // of an empty file
  return true;
}

void Transfer::fail(const std::string& why, ErrorKind kind) const {
  throw Error(kind, part_.address() + ": " + why);
}

/// A disk is not to be filled by whoever answers.
void Transfer::require_at_most_the_largest(std::uint64_t size) {
  if (size <= settings_.largest) return;
  part_.begin("");  // nothing of it is worth to be kept
  fail("the server sends more than the " + std::to_string(settings_.largest) +
           " bytes that this file may have",
       ErrorKind::unreadable);
}

/// Knows by the headers what the body is, before anything of it replaces what is there.
void Transfer::begin_body() {
  if (body_begun_) return;
  body_begun_ = true;
  const long code = request_.status();
  const bool is_local = scheme_of(part_.address()) == "file";
  if (!is_local && code != 200 && code != 206)
    fail("the server answers with HTTP status " + std::to_string(code));
  if (headers_["content-type"].starts_with("text/html"))
    fail("the server sends a page instead of the file", ErrorKind::unreadable);
  if (!hash().empty() && !settings_.sha256.empty() && hash() != settings_.sha256)
    fail("the server has another file, with SHA-256 " + hash() + ", not " + settings_.sha256,
         ErrorKind::unreadable);
  if (code == 206) {
    const ContentRange range = parse_content_range(headers_["content-range"]);
    if (range.first != part_.size()) fail("the server sends a range that was not asked for");
    require_at_most_the_largest(range.total.value_or(0));
    begin_progress(range.total ? std::optional(*range.total - std::min(*range.total, part_.size()))
                               : std::nullopt);
  } else {
    const std::optional<std::uint64_t> length = parse_size(headers_["content-length"]);
    require_at_most_the_largest(length.value_or(0));
    part_.begin(headers_.version());
    begin_progress(length);
  }
}

void Transfer::begin_progress(std::optional<std::uint64_t> missing) {
  progress_.emplace(settings_.title + ", MB",
                    missing ? static_cast<std::size_t>((*missing + kMega - 1) / kMega) : 0,
                    settings_.quiet);
}

void Transfer::take(std::span<const std::byte> bytes) {
  begin_body();
  require_at_most_the_largest(part_.size() + bytes.size());
  part_.append(bytes);
  received_ += bytes.size();
  if (progress_) progress_->show(static_cast<std::size_t>(received_ / kMega));
}

/// Bodies that nobody takes, of redirects and errors, end as well; and what is only promised.
int Transfer::on_progress(void* self, curl_off_t promised, curl_off_t received, curl_off_t,
                          curl_off_t) {
  auto& transfer = *static_cast<Transfer*>(self);
  try {
    transfer.require_at_most_the_largest(static_cast<std::uint64_t>(std::max(promised, received)));
    return 0;
  } catch (...) {  // may not pass through curl
    transfer.thrown_ = std::current_exception();
    return 1;
  }
}

std::size_t Transfer::on_header(char* data, std::size_t, std::size_t size, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  try {
    if (!transfer.headers_.add({data, size}))
      transfer.fail("the server sends headers without an end", ErrorKind::unreadable);
    return size;
  } catch (...) {  // may not pass through curl
    transfer.thrown_ = std::current_exception();
    return 0;
  }
}

std::size_t Transfer::on_body(char* data, std::size_t, std::size_t size, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  if (transfer.request_.status() == 416 && transfer.asked_from_ > 0)
    return size;  // a text for people
  try {
    transfer.take(std::as_bytes(std::span(data, size)));
    return size;
  } catch (...) {  // may not pass through curl
    transfer.thrown_ = std::current_exception();
    return 0;
  }
}

}  // namespace

void check_address(const std::string& address) {
  const std::string scheme = scheme_of(address);
  if (scheme != "https" && scheme != "http" && scheme != "file")
    throw Error(ErrorKind::settings,
                "'" + address +
                    "' is no address to download from: it has to begin with https://, http:// or "
                    "file://");
}

std::string download(PartFile& part, const DownloadSettings& settings) {
  check_address(part.address());
  for (;;) {
    Transfer transfer(part, settings);
    if (!transfer.run()) continue;
    if (!transfer.hash().empty()) return transfer.hash();
    const std::string& now = part.version();
    return now.starts_with(kHashVersion) ? now.substr(kHashVersion.size()) : "";
  }
}

}  // namespace mvga::tool
