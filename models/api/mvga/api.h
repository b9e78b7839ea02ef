// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What belongs to the library's interface.
//
// Everything here is in mvga::v1. What is there stays: functions keep their meaning, structs their
// members, enumerations their numbers, for as long as the library is called libmvga.so.0. What
// would break a program becomes mvga::v2, beside it. A program says which one it was written for:
//
//   namespace api = mvga::v1;
//
// The headers need C++17 and nothing but the standard library.
#pragma once

#ifndef MVGA_API
#define MVGA_API __attribute__((visibility("default")))
#endif
