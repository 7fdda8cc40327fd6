// Whole pages from the operating system for secrets: locked in RAM, left out of core dumps and of forked
// children, between two pages that nobody may touch, and closed to reading while nobody needs them.
// One source per system implements this: guarded_pages_posix.cc, guarded_pages_win.cc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace claviger {

// What the system granted. Whatever it refused stays false; the pages work all the same.
struct MemoryProtection {
  bool locked = false;     // cannot be swapped out
  bool dont_dump = false;  // left out of core dumps
  bool guarded = false;    // reading past either end faults
};

class GuardedPages {
 public:
  // At least `size` bytes, rounded up to whole pages, zeroed and open. `valid()` is false if there is no memory.
  explicit GuardedPages(size_t size);
  // Wipes the pages and gives them back.
  ~GuardedPages();
  GuardedPages(const GuardedPages&) = delete;
  GuardedPages& operator=(const GuardedPages&) = delete;

  bool valid() const { return data_ != nullptr; }
  // May be touched only between Open() and Close().
  std::span<uint8_t> bytes() const { return {data_, size_}; }

  void Open();
  void Close();

  // Asks the system each time whether the guards hold; the rest is what it answered when the pages were made.
  MemoryProtection Protection() const;

 private:
  uint8_t* data_ = nullptr;
  size_t size_ = 0;
  bool is_open_ = true;
  bool is_locked_ = false;
  bool is_left_out_of_dumps_ = false;
};

size_t PageSize();

// Zeroes in a way that the optimiser may not leave out.
void Wipe(std::span<uint8_t> bytes);

// Ends the process: going on could show or lose a secret. `reason` never contains one.
[[noreturn]] void Fail(const char* reason);

}  // namespace claviger
