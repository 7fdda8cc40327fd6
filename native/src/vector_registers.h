// A thread that waits keeps the vector registers as the last work left them, often the end of what was copied last: a
// debugger sees them, and they go into core dumps.
#pragma once

namespace claviger {

// Zeroes the calling thread's vector registers, but those that belong to its callers. x86-64 and 64-bit Arm with GCC or
// Clang; nothing elsewhere.
void WipeVectorRegisters();

}  // namespace claviger
