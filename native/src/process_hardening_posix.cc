#include <sys/resource.h>
#include <sys/types.h>

#ifdef __linux__
#include <sys/prctl.h>
#else
#include <sys/ptrace.h>
#endif

#include <cerrno>
#include <csignal>
#include <system_error>

#include "process_hardening.h"

namespace claviger {
namespace {

void Note(Hardening& hardening, const char* call) {
  hardening.reasons.push_back(std::string(call) + ": " + std::generic_category().message(errno));
}

// Both limits: with the hard one at 0, no child can raise its own again.
bool ForbidCoreFiles(Hardening& hardening) {
  const rlimit none = {0, 0};
  rlimit now = {};
  if (setrlimit(RLIMIT_CORE, &none) == 0 && getrlimit(RLIMIT_CORE, &now) == 0 && now.rlim_max == 0) return true;
  Note(hardening, "setrlimit(RLIMIT_CORE)");
  return false;
}

// Linux: /proc/PID belongs to root from now on and ptrace is denied to the same user; and no core goes to a program
// either, which the limit of 0 does not prevent where core_pattern is a pipe: see core(5).
bool ForbidAttaching(Hardening& hardening) {
#ifdef __linux__
  if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 && prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0) return true;
  Note(hardening, "prctl(PR_SET_DUMPABLE)");
#else
  if (ptrace(PT_DENY_ATTACH, 0, nullptr, 0) == 0) return true;
  Note(hardening, "ptrace(PT_DENY_ATTACH)");
#endif
  return false;
}

// On this signal, from any program of the same user, Node.js opens the port of its own debugger.
bool IgnoreDebuggerSignal(Hardening& hardening) {
  struct sigaction ignore = {};
  ignore.sa_handler = SIG_IGN;
  if (sigaction(SIGUSR1, &ignore, nullptr) == 0) return true;
  Note(hardening, "sigaction(SIGUSR1)");
  return false;
}

}  // namespace

Hardening HardenProcess() {
  Hardening hardening;
  hardening.core_dumps_off = ForbidCoreFiles(hardening);
  const bool attaching_off = ForbidAttaching(hardening);
  hardening.debugger_off = IgnoreDebuggerSignal(hardening) && attaching_off;
#ifdef __linux__
  hardening.core_dumps_off = hardening.core_dumps_off && attaching_off;
#endif
  return hardening;
}

}  // namespace claviger
