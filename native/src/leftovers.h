// What others leave behind: Node.js frees a copy of everything it decrypts as it is, and libraries spill keys onto their
// stacks. The allocator hands such bytes out again, or never. Knows nothing of Node; wipe_leftovers.cc brings it to its threads.
#pragma once

namespace claviger {

// From now on the allocator overwrites what is freed, whoever frees it, but for the few blocks that it keeps at hand for each
// thread: for these are the functions below. Only where the allocator is glibc's.
void HaveFreedMemoryOverwritten();

// Overwrites what this thread left on its stack, in registers and freed, and gives the free pages of all threads back to the system.
// Freed memory only where the allocator is glibc's: others give no way to do so.
void WipeLeftoversOfMainThread();

// The same for any other thread. It cannot tell when it has had everything it freed, so it takes what glibc keeps at
// hand for it, and some more; what takes whole pages the main thread gives back. V8's own threads run nothing of ours: what
// glibc keeps at hand for them stays.
void WipeLeftoversOfOtherThread();

}  // namespace claviger
