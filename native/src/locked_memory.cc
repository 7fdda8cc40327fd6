#include "locked_memory.h"

#include <algorithm>
#include <array>
#include <bit>
#include <list>
#include <random>
#include <vector>

namespace claviger {
namespace {

constexpr size_t kLeastFilling = 16;
constexpr size_t kSmallestSlot = 64;  // a 32-byte key and its filling, with room to spare

using Filling = std::array<uint8_t, 16>;

const Filling& RandomFilling() {
  static const Filling filling = [] {
    std::random_device random;
    Filling bytes;
    std::generate(bytes.begin(), bytes.end(), [&random] { return static_cast<uint8_t>(random()); });
    return bytes;
  }();
  return filling;
}

void Fill(std::span<uint8_t> bytes) {
  const Filling& filling = RandomFilling();
  for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = filling[i % filling.size()];
}

bool IsFilling(std::span<const uint8_t> bytes) {
  const Filling& filling = RandomFilling();
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] != filling[i % filling.size()]) return false;
  }
  return true;
}

// Half a page or less: a power of two, so that secrets of about one size share pages. More: whole pages of its own.
size_t SlotSize(size_t secret) {
  const size_t needed = secret + kLeastFilling;
  if (needed <= PageSize() / 2) return std::max(kSmallestSlot, std::bit_ceil(needed));
  return (needed + PageSize() - 1) / PageSize() * PageSize();
}

}  // namespace

// Guarded pages cut into slots of one size. Whatever holds no secret holds the filling.
class Slab {
 public:
  explicit Slab(size_t slot_size)
      : pages_(std::max(slot_size, PageSize())), slot_size_(slot_size), used_(pages_.bytes().size() / slot_size) {
    if (!pages_.valid()) return;
    Fill(pages_.bytes());
    pages_.Close();
  }

  bool valid() const { return pages_.valid(); }
  size_t slot_size() const { return slot_size_; }
  bool is_full() const { return used_count_ == used_.size(); }
  bool is_empty() const { return used_count_ == 0; }
  MemoryProtection Protection() const { return pages_.Protection(); }
  void Close() { pages_.Close(); }

  size_t Put(std::span<const uint8_t> secret) {
    const size_t slot = static_cast<size_t>(std::find(used_.begin(), used_.end(), false) - used_.begin());
    pages_.Open();
    if (!IsFilling(Slot(slot))) Fail("memory beside a secret was overwritten");
    std::copy(secret.begin(), secret.end(), Slot(slot).last(secret.size()).begin());
    pages_.Close();
    used_[slot] = true;
    ++used_count_;
    return slot;
  }

  // Leaves the pages open: the caller closes them when it has read.
  std::span<const uint8_t> Open(size_t slot, size_t size) {
    pages_.Open();
    Check(slot, size);
    return Slot(slot).last(size);
  }

  void Remove(size_t slot, size_t size) {
    pages_.Open();
    Check(slot, size);
    Wipe(Slot(slot));
    Fill(Slot(slot));
    pages_.Close();
    used_[slot] = false;
    --used_count_;
  }

 private:
  std::span<uint8_t> Slot(size_t slot) const { return pages_.bytes().subspan(slot * slot_size_, slot_size_); }

  // What follows a slot is the filling of the next one, or the guard page.
  void Check(size_t slot, size_t size) const {
    const bool intact = IsFilling(Slot(slot).first(slot_size_ - size));
    const bool is_last = slot + 1 == used_.size();
    if (!intact || (!is_last && !IsFilling(Slot(slot + 1).first(kLeastFilling)))) {
      Fail("memory beside a secret was overwritten");
    }
  }

  GuardedPages pages_;
  const size_t slot_size_;
  std::vector<bool> used_;
  size_t used_count_ = 0;
};

namespace {

struct Pool {
  std::mutex mutex;
  std::list<Slab> slabs;
};

// Never destroyed: secrets of other threads may still be finalised while the process ends.
Pool& ThePool() {
  static Pool* pool = new Pool;
  return *pool;
}

Slab* SlabWithRoom(Pool& pool, size_t slot_size) {
  const auto found = std::find_if(pool.slabs.begin(), pool.slabs.end(), [slot_size](const Slab& slab) {
    return slab.slot_size() == slot_size && !slab.is_full();
  });
  if (found != pool.slabs.end()) return &*found;
  // In front: the next secret of this size then finds it at once.
  Slab& made = pool.slabs.emplace_front(slot_size);
  if (made.valid()) return &made;
  pool.slabs.pop_front();
  return nullptr;
}

}  // namespace

LockedMemory::LockedMemory(std::span<const uint8_t> bytes) : size_(bytes.size()) {
  Pool& pool = ThePool();
  const std::lock_guard lock(pool.mutex);
  slab_ = SlabWithRoom(pool, SlotSize(bytes.size()));
  if (slab_ != nullptr) slot_ = slab_->Put(bytes);
}

LockedMemory::~LockedMemory() {
  if (!valid()) return;
  Pool& pool = ThePool();
  const std::lock_guard lock(pool.mutex);
  slab_->Remove(slot_, size_);
  if (slab_->is_empty()) pool.slabs.remove_if([this](const Slab& slab) { return &slab == slab_; });
}

LockedMemory::Reading::Reading(const LockedMemory& memory)
    : lock_(ThePool().mutex), slab_(memory.slab_), bytes_(slab_->Open(memory.slot_, memory.size_)) {}

LockedMemory::Reading::~Reading() {
  slab_->Close();
}

MemoryProtection MeasureProtection() {
  Pool& pool = ThePool();
  const std::lock_guard lock(pool.mutex);
  const GuardedPages probe(1);
  if (!probe.valid()) return {};
  MemoryProtection weakest = probe.Protection();
  for (const Slab& slab : pool.slabs) {
    const MemoryProtection each = slab.Protection();
    weakest = {weakest.locked && each.locked, weakest.dont_dump && each.dont_dump, weakest.guarded && each.guarded};
  }
  return weakest;
}

}  // namespace claviger
