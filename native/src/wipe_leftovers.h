// Brings leftovers.h to the main thread and to every thread of libuv's pool.
#pragma once

#include <napi.h>

namespace claviger {

// wipeLeftovers(poolThreads: number): Promise<boolean>; see index.d.ts.
Napi::Value WipeLeftovers(const Napi::CallbackInfo& info);

}  // namespace claviger
