// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The whole library: anomaly detection learned from normal images alone. See docs/library.md.
#pragma once

#include <mvga/api.h>
#include <mvga/detector.h>
#include <mvga/error.h>
#include <mvga/image.h>
#include <mvga/learner.h>
#include <mvga/model.h>
#include <mvga/network.h>
#include <mvga/result.h>
