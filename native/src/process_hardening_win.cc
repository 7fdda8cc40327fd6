#include <windows.h>

#include <sddl.h>
#include <werapi.h>

#include <system_error>

#include "process_hardening.h"

namespace claviger {
namespace {

void Note(Hardening& hardening, const char* call, DWORD error) {
  hardening.reasons.push_back(std::string(call) + ": " +
                              std::system_category().message(static_cast<int>(error)));
}

// No crash dialog and so no report; and should a report be made all the same, one without the heap.
bool ForbidReports(Hardening& hardening) {
  SetErrorMode(GetErrorMode() | SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
  const HRESULT result = WerSetFlags(WER_FAULT_REPORTING_FLAG_NOHEAP);
  if (SUCCEEDED(result)) return true;
  Note(hardening, "WerSetFlags", static_cast<DWORD>(result));
  return false;
}

// Owner (OW), SYSTEM and administrators may look at the process's state, wait for it and end it, and no more: not read
// its memory, not start threads in it, not copy its handles, not change this list.
// 0x121401 = PROCESS_TERMINATE | PROCESS_QUERY_INFORMATION | PROCESS_QUERY_LIMITED_INFORMATION | READ_CONTROL | SYNCHRONIZE
constexpr wchar_t kAccess[] = L"D:P(A;;0x121401;;;OW)(A;;0x121401;;;SY)(A;;0x121401;;;BA)";

bool ForbidAttaching(Hardening& hardening) {
  PSECURITY_DESCRIPTOR descriptor = nullptr;
  if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(kAccess, SDDL_REVISION_1, &descriptor, nullptr)) {
    Note(hardening, "ConvertStringSecurityDescriptorToSecurityDescriptor", GetLastError());
    return false;
  }
  const bool accepted = SetKernelObjectSecurity(GetCurrentProcess(), DACL_SECURITY_INFORMATION, descriptor) != 0;
  const DWORD error = GetLastError();
  LocalFree(descriptor);
  if (!accepted) {
    Note(hardening, "SetKernelObjectSecurity", error);
    return false;
  }
  const HANDLE opened = OpenProcess(PROCESS_VM_READ, FALSE, GetCurrentProcessId());
  if (opened == nullptr) return true;
  CloseHandle(opened);
  hardening.reasons.push_back("OpenProcess: this user may debug any process");
  return false;
}

}  // namespace

Hardening HardenProcess() {
  Hardening hardening;
  hardening.core_dumps_off = ForbidReports(hardening);
  hardening.debugger_off = ForbidAttaching(hardening);
  return hardening;
}

}  // namespace claviger
