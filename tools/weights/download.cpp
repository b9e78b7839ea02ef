// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/weights/download.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string_view>

#include "core/base/error.h"
#include "core/base/version.h"
#include "tools/output/progress.h"
#include "tools/weights/headers.h"

namespace mvga::tool {
namespace {

constexpr std::uint64_t kMega = 1'000'000;

struct Cleanup {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

std::string scheme_of(const std::string& address) {
  std::string scheme = address.substr(0, address.find("://"));
  std::ranges::transform(scheme, scheme.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return scheme.size() == address.size() ? "" : scheme;
}

/// One request and what comes of it.
class Transfer {
 public:
  Transfer(PartFile& part, const DownloadSettings& settings);

  /// @return false if the part turned out to be none of the file: it is empty now, try again
  bool run();
  const std::string& hash() const { return headers_.hash(); }

 private:
  template <typename Value>
  void set(CURLoption option, Value value) {
    if (curl_easy_setopt(easy_.get(), option, value) != CURLE_OK)
      throw std::logic_error("libcurl does not know option " + std::to_string(option));
  }
  void set_protocols();
  void set_certificates();
  void ask_for_the_rest();

  long status() const;
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
  std::unique_ptr<CURL, Cleanup> easy_;
  std::unique_ptr<curl_slist, Cleanup> request_headers_;
  std::array<char, CURL_ERROR_SIZE> error_{};
  Headers headers_;
  std::uint64_t asked_from_ = 0;
  bool body_begun_ = false;
  std::optional<Progress> progress_;
  std::uint64_t received_ = 0;
  std::exception_ptr thrown_;
};

Transfer::Transfer(PartFile& part, const DownloadSettings& settings)
    : part_(part), settings_(settings) {
  static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (initialised == CURLE_OK) easy_.reset(curl_easy_init());
  if (!easy_) throw Error(ErrorKind::no_space, "libcurl cannot be started");
  set(CURLOPT_URL, part.address().c_str());
  set(CURLOPT_USERAGENT, "mvga/" MVGA_VERSION);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set(CURLOPT_FOLLOWLOCATION, 1L);
  set(CURLOPT_MAXREDIRS, 10L);
  set(CURLOPT_CONNECTTIMEOUT, settings.connect_seconds);
  set(CURLOPT_LOW_SPEED_LIMIT, 1L);
  set(CURLOPT_LOW_SPEED_TIME, settings.stall_seconds);
  set(CURLOPT_ERRORBUFFER, error_.data());
  set(CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  set(CURLOPT_HEADERDATA, this);
  set(CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  set(CURLOPT_WRITEDATA, this);
  set(CURLOPT_XFERINFOFUNCTION, &Transfer::on_progress);
  set(CURLOPT_XFERINFODATA, this);
  set(CURLOPT_NOPROGRESS, 0L);
  set_protocols();
  set_certificates();
  ask_for_the_rest();
}

void Transfer::set_protocols() {
  const std::string scheme = scheme_of(part_.address());
  const char* const allowed = scheme == "http" ? "http,https" : scheme.c_str();
  set(CURLOPT_PROTOCOLS_STR, allowed);
  set(CURLOPT_REDIR_PROTOCOLS_STR, scheme == "file" ? "https" : allowed);
}

void Transfer::set_certificates() {
  for (const char* name : {"CURL_CA_BUNDLE", "SSL_CERT_FILE"}) {
    const char* const file = std::getenv(name);
    if (file == nullptr || *file == '\0') continue;
    set(CURLOPT_CAINFO, file);
    return;
  }
}

void Transfer::ask_for_the_rest() {
  const bool checked = !settings_.sha256.empty() || part_.version().starts_with(kHashVersion);
  if (part_.size() == 0 || scheme_of(part_.address()) == "file") return;
  // What is put together of two states of a file must not pass for one.
  if (!checked && part_.version().empty()) return;
  asked_from_ = part_.size();
  set(CURLOPT_RANGE, (std::to_string(asked_from_) + "-").c_str());
  if (checked) return;
  request_headers_.reset(curl_slist_append(nullptr, ("If-Range: " + part_.version()).c_str()));
  set(CURLOPT_HTTPHEADER, request_headers_.get());
}

bool Transfer::run() {
  const CURLcode code = curl_easy_perform(easy_.get());
  progress_.reset();
  if (thrown_) std::rethrow_exception(thrown_);
  if (status() == 416 && asked_from_ > 0) {
    // Nothing is left to send: it was complete, or is a part of another file.
    if (parse_content_range(headers_["content-range"]).total == part_.size()) return true;
    part_.begin("");
    return false;
  }
  if (code == CURLE_UNSUPPORTED_PROTOCOL)
    fail("the server redirects to an address that is not " + scheme_of(part_.address()) + "://");
  if (code != CURLE_OK) {
    const std::string told = trimmed(error_.data());
    fail(told.empty() ? curl_easy_strerror(code) : told);
  }
  begin_body();  // of an empty file
  return true;
}

long Transfer::status() const {
  long code = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &code);
  return code;
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
  const long code = status();
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
  if (transfer.status() == 416 && transfer.asked_from_ > 0) return size;  // a text for people
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
