// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/media/remarks.h"

#include "tools/output/progress.h"

namespace mvga::tool {

void RemarkReporter::report(const std::filesystem::path& file, const Remark& remark) {
  if (said_.emplace(file.parent_path().string(), remark.kind).second)
    say("warning: " + file.string() + ": " + remark.text +
        " (the first in its folder; of others there it is not said)");
}

}  // namespace mvga::tool
