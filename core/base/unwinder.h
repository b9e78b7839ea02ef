// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Which of a process's unwinders takes exceptions from the throw to the catch. There may be two:
// libgcc's, and libunwind's, which GStreamer brings and which has functions of the same names.
// libstdc++ keeps the one that was there first when it was loaded, whoever loaded it; a library
// that is loaded later may be given the other. An exception that both have to do with is an abort.
#pragma once

struct _Unwind_Exception;

namespace mvga {

/// What the end of a cleanup hands an exception on with.
using UnwindResume = void (*)(_Unwind_Exception*);

/// That of the unwinder which libstdc++ throws with.
UnwindResume unwind_resume_in_use();

}  // namespace mvga
