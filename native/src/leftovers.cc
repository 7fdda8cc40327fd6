#include "leftovers.h"

#include <array>
#include <cstddef>
#include <cstdint>

#include "guarded_pages.h"
#include "vector_registers.h"

#ifdef __GLIBC__
#include <malloc.h>
#include <unistd.h>

#include <cstdlib>
#include <new>
#include <utility>
#endif

#ifdef _MSC_VER
#define CLAVIGER_NOINLINE __declspec(noinline)
#else
#define CLAVIGER_NOINLINE __attribute__((noinline))
#endif

namespace claviger {
namespace {

// Deeper than the calls of Argon2 and OpenSSL reach, and far less than any thread has.
constexpr size_t kStack = size_t{128} * 1024;

// Not inline: what has a large frame of its own would leave what lay there before.
CLAVIGER_NOINLINE void WipeStack() {
  std::array<uint8_t, kStack> stack;
  Wipe(stack);
}

#ifdef __GLIBC__

// By halves to the largest size that glibc keeps at hand for each thread (tcache), then through all of those.
constexpr size_t kLargest = size_t{64} * 1024;
constexpr size_t kLargestAtHand = 1032;
constexpr size_t kSmallest = 24;
constexpr size_t kStep = 16;
// glibc keeps 7 blocks of a size at hand; the rest is for what it keeps elsewhere.
constexpr size_t kManyOfASize = 32;
// A bound for a main thread whose memory does not end where sbrk says.
constexpr size_t kMost = size_t{256} * 1024 * 1024;

struct Block {
  Block* next;
};

// Blocks in the order in which they were taken, and are given back: so the newest, at the end of the heap, are not the
// ones that glibc keeps at hand, and the heap can shrink again.
class Taken {
 public:
  ~Taken() {
    while (first_ != nullptr) free(std::exchange(first_, first_->next));
  }

  // Takes and wipes a block. Its address, or 0 if there is no memory.
  uintptr_t Take(size_t size) {
    void* memory = total_ < kMost ? malloc(size) : nullptr;
    if (memory == nullptr) return 0;
    const size_t usable = malloc_usable_size(memory);
    Wipe({static_cast<uint8_t*>(memory), usable});
    total_ += usable;
    *last_ = new (memory) Block{nullptr};
    last_ = &(*last_)->next;
    return reinterpret_cast<uintptr_t>(memory);
  }

 private:
  Block* first_ = nullptr;
  Block** last_ = &first_;
  size_t total_ = 0;
};

template <typename Visit>
void ForEachSizeAtHand(Visit visit) {
  for (size_t size = kLargestAtHand; size >= kSmallest; size -= kStep) visit(size);
}

uintptr_t EndOfHeap() {
  return reinterpret_cast<uintptr_t>(sbrk(0));
}

CLAVIGER_NOINLINE void WipeFreedByMainThread() {
  malloc_trim(0);
  {
    Taken taken;
    const uintptr_t end = EndOfHeap();
    // A block of memory that the heap did not have before: then none of this size is left that it had. Blocks of other
    // threads that this one has freed lie higher up, and are old.
    const auto is_new = [end](uintptr_t address) {
      return address == 0 || (address >= end && address < EndOfHeap());
    };
    const auto take_all = [&](size_t size) {
      while (!is_new(taken.Take(size))) {
      }
    };
    for (size_t size = kLargest; size > kLargestAtHand; size /= 2) take_all(size);
    ForEachSizeAtHand(take_all);
  }
  malloc_trim(0);
}

CLAVIGER_NOINLINE void WipeFreedByOtherThread() {
  Taken taken;
  ForEachSizeAtHand([&](size_t size) {
    for (size_t i = 0; i < kManyOfASize; ++i) taken.Take(size);
  });
}

#else

void WipeFreedByMainThread() {}
void WipeFreedByOtherThread() {}

#endif

}  // namespace

void HaveFreedMemoryOverwritten() {
#ifdef __GLIBC__
  // What is freed becomes 0xFF, and what is handed out 0.
  mallopt(M_PERTURB, 0xFF);
#endif
}

void WipeLeftoversOfMainThread() {
  WipeFreedByMainThread();
  WipeStack();
  WipeVectorRegisters();
}

void WipeLeftoversOfOtherThread() {
  WipeFreedByOtherThread();
  WipeStack();
  WipeVectorRegisters();
}

}  // namespace claviger
