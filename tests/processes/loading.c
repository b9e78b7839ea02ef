// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A program that is linked with nothing and loads GStreamer when it wants it, as virtual machines
// of other languages do. usage: loading LIBRARY... -- PIPELINE... LIBRARY: loaded one after the
// other, for itself, or with a + in front for everyone. The last one has play().

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

typedef void Play(char**);

int main(int argc, char** argv) {
  (void)argc;
  void* library = NULL;
  while (*++argv != NULL && strcmp(*argv, "--") != 0) {
    const int everyone = **argv == '+';
    library = dlopen(*argv + everyone, RTLD_NOW | (everyone ? RTLD_GLOBAL : RTLD_LOCAL));
    if (library == NULL) {
      puts(dlerror());
      return 1;
    }
  }
  Play* play = NULL;
  if (*argv != NULL && library != NULL) *(void**)&play = dlsym(library, "play");
  if (play == NULL) {
    puts("usage: loading LIBRARY... -- PIPELINE...");
    return 1;
  }
  play(argv + 1);
  return 0;
}
