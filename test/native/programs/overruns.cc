// Does with locked memory what no program should do; the test looks at how the process ends.
// Usage: overruns WHAT. Ends normally (0) only if nothing stopped it; 2 = WHAT is unknown.
#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "../../../native/src/locked_memory.h"

using claviger::GuardedPages;
using claviger::LockedMemory;

namespace {

volatile uint8_t sink;

const std::vector<uint8_t> key(32, 0xA5);

uint8_t* AddressOf(const LockedMemory& memory) {
  return const_cast<uint8_t*>(memory.Read().bytes().data());
}

void ReadPastThePages() {
  GuardedPages pages(1);
  sink = pages.bytes().data()[pages.bytes().size()];
}

void ReadBeforeThePages() {
  GuardedPages pages(1);
  sink = pages.bytes().data()[-1];
}

void ReadPastALargeSecret() {
  const LockedMemory memory(std::vector<uint8_t>(5000, 0xA5));
  const auto reading = memory.Read();
  sink = reading.bytes().data()[5000];
}

void ReadAtRest() {
  const LockedMemory memory(key);
  sink = AddressOf(memory)[0];
}

void WritePastASecret() {
  const LockedMemory memory(key);
  uint8_t* secret = AddressOf(memory);
  const auto reading = memory.Read();
  secret[32] ^= 1;
}

void WriteBeforeASecret() {
  const LockedMemory memory(key);
  uint8_t* secret = AddressOf(memory);
  const auto reading = memory.Read();
  secret[-1] ^= 1;
}

// The neighbour keeps the page in use, so that the place of the wiped secret can be looked at.
bool StaysAfterItsEnd() {
  const LockedMemory neighbour(key);
  const uint8_t* place = nullptr;
  {
    const LockedMemory memory(key);
    place = AddressOf(memory);
  }
  const auto reading = neighbour.Read();
  return std::count(place, place + 32, 0xA5) > 16;
}

bool ComesBackAsItWas() {
  for (const size_t size : {1, 16, 32, 48, 49, 2032, 2033, 4080, 4096, 4097, 100000}) {
    std::vector<uint8_t> bytes(size);
    for (size_t i = 0; i < size; ++i) bytes[i] = static_cast<uint8_t>(i * 7 + size);
    const LockedMemory memory(bytes);
    const auto reading = memory.Read();
    if (!std::equal(bytes.begin(), bytes.end(), reading.bytes().begin(), reading.bytes().end())) return false;
  }
  return true;
}

const std::map<std::string, int (*)()> deeds = {
    {"reads past the pages", [] { return ReadPastThePages(), 0; }},
    {"reads before the pages", [] { return ReadBeforeThePages(), 0; }},
    {"reads past a large secret", [] { return ReadPastALargeSecret(), 0; }},
    {"reads a secret at rest", [] { return ReadAtRest(), 0; }},
    {"writes past a secret", [] { return WritePastASecret(), 0; }},
    {"writes before a secret", [] { return WriteBeforeASecret(), 0; }},
    {"looks where a secret was", [] { return StaysAfterItsEnd() ? 1 : 0; }},
    {"reads secrets of many sizes", [] { return ComesBackAsItWas() ? 0 : 1; }},
};

}  // namespace

int main(int count, char** words) {
  const auto deed = count == 2 ? deeds.find(words[1]) : deeds.end();
  return deed == deeds.end() ? 2 : deed->second();
}
