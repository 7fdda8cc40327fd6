// Closes the doors through which other programs of the same user could read this process: core dumps and debuggers.
#pragma once

#include <string>
#include <vector>

namespace claviger {

struct Hardening {
  bool core_dumps_off = false;
  bool debugger_off = false;
  std::vector<std::string> reasons;  // why something stayed on: "call: the system's words"
};

// Cannot be undone, and may be repeated. What it reports is read back from the system where that can be done.
Hardening HardenProcess();

}  // namespace claviger
