// Which fault is on, and the faults that every function may have.
#pragma once

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pkcs11.h"

static CK_FUNCTION_LIST_PTR real;
static CK_FUNCTION_LIST ours;

// A line may say at which call of this process it begins: `C_Sign segv 3`.
static const char *fault(const char *function, unsigned long call) {
  static char kind[64];
  const char *path = getenv("CLAVIGER_FAULTS");
  FILE *file = path == NULL ? NULL : fopen(path, "r");
  if (file == NULL) return "";
  char line[256];
  int found = 0;
  while (!found && fgets(line, sizeof line, file) != NULL) {
    char name[64];
    unsigned long from = 1;
    found = sscanf(line, "%63s %63s %lu", name, kind, &from) >= 2 && strcmp(name, function) == 0 && call >= from;
  }
  fclose(file);
  return found ? kind : "";
}

static int is(const char *kind, const char *wanted) { return strcmp(kind, wanted) == 0; }

static void note(const char *function) {
  char path[4096];
  const char *faults = getenv("CLAVIGER_FAULTS");
  if (faults == NULL) return;
  snprintf(path, sizeof path, "%s.log", faults);
  FILE *file = fopen(path, "a");
  if (file == NULL) return;
  fprintf(file, "%s\n", function);
  fclose(file);
}

// The ways to stop that any function may have. Gives back what an error code is wanted for; else CKR_OK.
static CK_RV stop(const char *kind) {
  if (is(kind, "hang")) for (;;) pause();
  if (is(kind, "slow")) sleep(2);
  if (is(kind, "segv")) raise(SIGSEGV);
  if (is(kind, "abort")) abort();
  if (is(kind, "exit")) _exit(0);
  if (is(kind, "removed")) return CKR_DEVICE_REMOVED;
  if (is(kind, "session")) return CKR_SESSION_HANDLE_INVALID;
  if (is(kind, "unknown")) return 0x12345678;
  if (is(kind, "locked")) return CKR_PIN_LOCKED;
  if (is(kind, "full")) return CKR_DEVICE_MEMORY;
  return CKR_OK;
}

#define STOP(name)                         \
  static unsigned long calls;              \
  const char *kind = fault(name, ++calls); \
  CK_RV stopped = stop(kind);              \
  if (stopped != CKR_OK) return stopped
