// Secrets in guarded pages. Small ones share a page, so that hundreds fit into the few pages a system lets a process
// lock. Knows nothing of Node: the glue is in addon.cc. May be used from several threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <span>

#include "guarded_pages.h"

namespace claviger {

class Slab;

// One secret. Its bytes end where the next slot or the guard page begins, and random bytes fill the room before it
// (16 bytes at least): whoever writes past a secret is found when it or its neighbour is next used, and the process ends.
class LockedMemory {
 public:
  // Copies `bytes` in. `valid()` is false if the system has no memory for them.
  explicit LockedMemory(std::span<const uint8_t> bytes);
  // Wipes the secret.
  ~LockedMemory();
  LockedMemory(const LockedMemory&) = delete;
  LockedMemory& operator=(const LockedMemory&) = delete;

  bool valid() const { return slab_ != nullptr; }
  size_t size() const { return size_; }

  // The page can be read while this lives; every other user of locked memory waits.
  class Reading {
   public:
    ~Reading();
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;
    std::span<const uint8_t> bytes() const { return bytes_; }

   private:
    friend class LockedMemory;
    explicit Reading(const LockedMemory& memory);
    std::unique_lock<std::mutex> lock_;
    Slab* slab_;
    std::span<const uint8_t> bytes_;
  };
  Reading Read() const { return Reading(*this); }

 private:
  Slab* slab_ = nullptr;
  size_t slot_ = 0;
  size_t size_ = 0;
};

// The weakest protection among a page made for the occasion and all pages that hold secrets now.
MemoryProtection MeasureProtection();

}  // namespace claviger
