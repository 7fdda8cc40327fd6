#include <windows.h>

#include <dpapi.h>

#include <cstdio>
#include <cstdlib>

#include "guarded_pages.h"

namespace claviger {
namespace {

// A process may lock little more than its minimum working set (about 200 KiB), so that is raised on demand.
bool LockInMemory(uint8_t* data, size_t size) {
  if (VirtualLock(data, size)) return true;
  if (GetLastError() != ERROR_WORKING_SET_QUOTA) return false;
  SIZE_T minimum = 0;
  SIZE_T maximum = 0;
  const HANDLE process = GetCurrentProcess();
  return GetProcessWorkingSetSize(process, &minimum, &maximum) &&
         SetProcessWorkingSetSize(process, minimum + size, maximum + size) && VirtualLock(data, size);
}

// Windows Error Reporting only, and from Windows 10 version 1703: hence looked up, not linked.
bool LeaveOutOfDumps(uint8_t* data, size_t size) {
  using Register = HRESULT(WINAPI*)(const void*, DWORD);
  const HMODULE kernel = GetModuleHandleW(L"kernel32.dll");
  if (kernel == nullptr) return false;
  const FARPROC found = GetProcAddress(kernel, "WerRegisterExcludedMemoryBlock");
  if (found == nullptr) return false;
  const auto exclude = reinterpret_cast<Register>(reinterpret_cast<void*>(found));
  return SUCCEEDED(exclude(data, static_cast<DWORD>(size)));
}

void IncludeInDumpsAgain(uint8_t* data) {
  using Unregister = HRESULT(WINAPI*)(const void*);
  const HMODULE kernel = GetModuleHandleW(L"kernel32.dll");
  if (kernel == nullptr) return;
  const FARPROC found = GetProcAddress(kernel, "WerUnregisterExcludedMemoryBlock");
  if (found == nullptr) return;
  reinterpret_cast<Unregister>(reinterpret_cast<void*>(found))(data);
}

bool IsReadable(const uint8_t* address) {
  MEMORY_BASIC_INFORMATION page = {};
  if (VirtualQuery(address, &page, sizeof page) == 0) return true;
  return page.State == MEM_COMMIT && page.Protect != PAGE_NOACCESS;
}

}  // namespace

GuardedPages::GuardedPages(size_t size) {
  const size_t page = PageSize();
  const size_t rounded = (size + page - 1) / page * page;
  // Reserved but never committed, the first and the last page fault on every touch.
  auto* whole = static_cast<uint8_t*>(VirtualAlloc(nullptr, rounded + 2 * page, MEM_RESERVE, PAGE_NOACCESS));
  if (whole == nullptr) return;
  if (VirtualAlloc(whole + page, rounded, MEM_COMMIT, PAGE_READWRITE) == nullptr) {
    VirtualFree(whole, 0, MEM_RELEASE);
    return;
  }
  data_ = whole + page;
  size_ = rounded;
  is_locked_ = LockInMemory(data_, size_);
  is_left_out_of_dumps_ = LeaveOutOfDumps(data_, size_);
}

GuardedPages::~GuardedPages() {
  if (!valid()) return;
  Open();
  Wipe(bytes());
  if (is_left_out_of_dumps_) IncludeInDumpsAgain(data_);
  if (is_locked_) VirtualUnlock(data_, size_);
  VirtualFree(data_ - PageSize(), 0, MEM_RELEASE);
}

// Windows unlocks a page that becomes PAGE_NOACCESS, so at rest the pages are encrypted instead, under a key that the
// system keeps for this process.
void GuardedPages::Open() {
  if (is_open_) return;
  if (!CryptUnprotectMemory(data_, static_cast<DWORD>(size_), CRYPTPROTECTMEMORY_SAME_PROCESS)) {
    Fail("the system does not let us open our own pages");
  }
  is_open_ = true;
}

void GuardedPages::Close() {
  is_open_ = !CryptProtectMemory(data_, static_cast<DWORD>(size_), CRYPTPROTECTMEMORY_SAME_PROCESS);
}

MemoryProtection GuardedPages::Protection() const {
  return {is_locked_, is_left_out_of_dumps_, !IsReadable(data_ - 1) && !IsReadable(data_ + size_)};
}

size_t PageSize() {
  SYSTEM_INFO system = {};
  GetSystemInfo(&system);
  return system.dwPageSize;
}

void Wipe(std::span<uint8_t> bytes) {
  SecureZeroMemory(bytes.data(), bytes.size());
}

void Fail(const char* reason) {
  std::fprintf(stderr, "claviger: %s\n", reason);
  std::abort();
}

}  // namespace claviger
