// The door to JavaScript: checks arguments, copies bytes, decides nothing.
// Electron forbids buffers that point at memory of ours, so a secret is copied in and copied out, never lent.
#include <napi.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "leftovers.h"
#include "locked_memory.h"
#include "process_hardening.h"
#include "wipe_leftovers.h"

namespace {

using claviger::LockedMemory;

constexpr size_t kLargestSecret = 1024 * 1024;

bool IsBytes(const Napi::Value& value) {
  return value.IsTypedArray() && value.As<Napi::TypedArray>().TypedArrayType() == napi_uint8_array;
}

void Throw(Napi::Env env, const char* message) {
  Napi::Error::New(env, message).ThrowAsJavaScriptException();
}

void ThrowType(Napi::Env env, const char* message) {
  Napi::TypeError::New(env, message).ThrowAsJavaScriptException();
}

void ThrowRange(Napi::Env env, const char* message) {
  Napi::RangeError::New(env, message).ThrowAsJavaScriptException();
}

class SecretBox : public Napi::ObjectWrap<SecretBox> {
 public:
  static Napi::Function Define(Napi::Env env) {
    return DefineClass(env, "SecretBox",
                       {InstanceAccessor<&SecretBox::Length>("length"), InstanceMethod<&SecretBox::CopyTo>("copyTo"),
                        InstanceMethod<&SecretBox::Destroy>("destroy")});
  }

  explicit SecretBox(const Napi::CallbackInfo& info) : Napi::ObjectWrap<SecretBox>(info) {
    if (IsBytes(info[0])) {
      Keep(info.Env(), info[0].As<Napi::Uint8Array>());
    } else {
      ThrowType(info.Env(), "expected a Uint8Array");
    }
  }

 private:
  void Keep(Napi::Env env, const Napi::Uint8Array& bytes) {
    const size_t length = bytes.ByteLength();
    if (length == 0 || length > kLargestSecret) return ThrowRange(env, "a secret has 1 byte to 1 MiB");
    auto memory = std::make_unique<LockedMemory>(std::span<const uint8_t>(bytes.Data(), length));
    if (!memory->valid()) return Throw(env, "the system has no memory for a secret");
    memory_ = std::move(memory);
    length_ = length;
  }

  Napi::Value Length(const Napi::CallbackInfo& info) {
    return Napi::Number::New(info.Env(), static_cast<double>(length_));
  }

  void CopyTo(const Napi::CallbackInfo& info) {
    if (!memory_) return Throw(info.Env(), "the secret has been destroyed");
    if (!IsBytes(info[0])) return ThrowType(info.Env(), "expected a Uint8Array");
    auto target = info[0].As<Napi::Uint8Array>();
    if (target.ByteLength() != length_) return ThrowRange(info.Env(), "the target must be as long as the secret");
    const auto reading = memory_->Read();
    std::copy(reading.bytes().begin(), reading.bytes().end(), target.Data());
  }

  void Destroy(const Napi::CallbackInfo&) { memory_.reset(); }

  std::unique_ptr<LockedMemory> memory_;
  size_t length_ = 0;
};

Napi::Value MemoryProtection(const Napi::CallbackInfo& info) {
  const claviger::MemoryProtection measured = claviger::MeasureProtection();
  auto result = Napi::Object::New(info.Env());
  result.Set("locked", measured.locked);
  result.Set("dontDump", measured.dont_dump);
  result.Set("guarded", measured.guarded);
  return result;
}

Napi::Value HardenProcess(const Napi::CallbackInfo& info) {
  const claviger::Hardening hardening = claviger::HardenProcess();
  auto reasons = Napi::Array::New(info.Env(), hardening.reasons.size());
  for (uint32_t i = 0; i < hardening.reasons.size(); ++i) reasons.Set(i, hardening.reasons[i]);
  auto result = Napi::Object::New(info.Env());
  result.Set("coreDumps", hardening.core_dumps_off ? "off" : "refused");
  result.Set("debugger", hardening.debugger_off ? "off" : "refused");
  result.Set("reasons", reasons);
  return result;
}

Napi::Object Start(Napi::Env env, Napi::Object exports) {
  claviger::HaveFreedMemoryOverwritten();
  exports.Set("SecretBox", SecretBox::Define(env));
  exports.Set("memoryProtection", Napi::Function::New<MemoryProtection>(env, "memoryProtection"));
  exports.Set("hardenProcess", Napi::Function::New<HardenProcess>(env, "hardenProcess"));
  exports.Set("wipeLeftovers", Napi::Function::New<claviger::WipeLeftovers>(env, "wipeLeftovers"));
  return exports;
}

NODE_API_MODULE(claviger, Start)

}  // namespace
