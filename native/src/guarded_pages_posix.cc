// memset_s of macOS is declared only on demand (C11, Annex K).
#define __STDC_WANT_LIB_EXT1__ 1

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "guarded_pages.h"

namespace claviger {
namespace {

bool LeaveOutOfDumps([[maybe_unused]] uint8_t* data, [[maybe_unused]] size_t size) {
#ifdef MADV_DONTDUMP
  return madvise(data, size, MADV_DONTDUMP) == 0;
#else
  return false;  // macOS has nothing of the kind: only switching core dumps off helps there
#endif
}

// A forked child would share the pages unlocked and keep a copy that nobody wipes.
void KeepFromChildren(uint8_t* data, size_t size) {
#if defined(MADV_DONTFORK)
  madvise(data, size, MADV_DONTFORK);
#elif defined(VM_INHERIT_NONE)
  minherit(data, size, VM_INHERIT_NONE);
#endif
}

// The kernel copies on our behalf and answers EFAULT where we ourselves would be killed by a signal.
bool IsReadable(const uint8_t* address) {
  int ends[2];
  if (pipe(ends) != 0) return true;
  const bool readable = write(ends[1], address, 1) == 1 || errno != EFAULT;
  close(ends[0]);
  close(ends[1]);
  return readable;
}

}  // namespace

GuardedPages::GuardedPages(size_t size) {
  const size_t page = PageSize();
  const size_t rounded = (size + page - 1) / page * page;
  void* whole = mmap(nullptr, rounded + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (whole == MAP_FAILED) return;
  uint8_t* data = static_cast<uint8_t*>(whole) + page;
  if (mprotect(data, rounded, PROT_READ | PROT_WRITE) != 0) {
    munmap(whole, rounded + 2 * page);
    return;
  }
  data_ = data;
  size_ = rounded;
  is_locked_ = mlock(data_, size_) == 0;
  is_left_out_of_dumps_ = LeaveOutOfDumps(data_, size_);
  KeepFromChildren(data_, size_);
}

GuardedPages::~GuardedPages() {
  if (!valid()) return;
  Open();
  Wipe(bytes());
  munmap(data_ - PageSize(), size_ + 2 * PageSize());
}

void GuardedPages::Open() {
  if (is_open_) return;
  if (mprotect(data_, size_, PROT_READ | PROT_WRITE) != 0) Fail("the system does not let us open our own pages");
  is_open_ = true;
}

void GuardedPages::Close() {
  is_open_ = mprotect(data_, size_, PROT_NONE) != 0;
}

MemoryProtection GuardedPages::Protection() const {
  return {is_locked_, is_left_out_of_dumps_, !IsReadable(data_ - 1) && !IsReadable(data_ + size_)};
}

size_t PageSize() {
  static const size_t size = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  return size;
}

void Wipe(std::span<uint8_t> bytes) {
#ifdef __APPLE__
  memset_s(bytes.data(), bytes.size(), 0, bytes.size());
#else
  explicit_bzero(bytes.data(), bytes.size());
#endif
}

void Fail(const char* reason) {
  constexpr char prefix[] = "claviger: ";
  // Not stdio: its buffers may be in any state when memory is found damaged.
  if (write(STDERR_FILENO, prefix, sizeof prefix - 1) < 0 || write(STDERR_FILENO, reason, strlen(reason)) < 0 ||
      write(STDERR_FILENO, "\n", 1) < 0) {
    abort();
  }
  abort();
}

}  // namespace claviger
