#include "wipe_leftovers.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <new>
#include <utility>

#include "leftovers.h"

// From libuv's uv.h, which node-api-headers leaves out. A work item of the Node-API would do, but it runs deeper on the
// stack than Node's own cryptography, and what that left above it would stay.
extern "C" {
struct uv_work_s;
using uv_work_cb = void (*)(uv_work_s* request);
using uv_after_work_cb = void (*)(uv_work_s* request, int status);
NAPI_EXTERN int uv_queue_work(uv_loop_s* loop, uv_work_s* request, uv_work_cb work, uv_after_work_cb after_work);
NAPI_EXTERN size_t uv_req_size(int type);
NAPI_EXTERN void uv_req_set_data(uv_work_s* request, void* data);
NAPI_EXTERN void* uv_req_get_data(const uv_work_s* request);
struct uv_check_s;
struct uv_handle_s;
using uv_check_cb = void (*)(uv_check_s* handle);
using uv_close_cb = void (*)(uv_handle_s* handle);
NAPI_EXTERN int uv_check_init(uv_loop_s* loop, uv_check_s* handle);
NAPI_EXTERN int uv_check_start(uv_check_s* handle, uv_check_cb check);
NAPI_EXTERN void uv_close(uv_handle_s* handle, uv_close_cb closed);
NAPI_EXTERN size_t uv_handle_size(int type);
NAPI_EXTERN void uv_handle_set_data(uv_handle_s* handle, void* data);
NAPI_EXTERN void* uv_handle_get_data(const uv_handle_s* handle);
}

namespace claviger {
namespace {

// UV_WORK of uv_req_type.
constexpr int kWorkRequest = 7;
// UV_CHECK of uv_handle_type.
constexpr int kCheckHandle = 2;
// The most that libuv takes from UV_THREADPOOL_SIZE.
constexpr uint32_t kMostThreads = 1024;

// Threads wait here until each has come: else one would take the work of two.
class MeetingPoint {
 public:
  explicit MeetingPoint(uint32_t expected) : missing_(expected) {}

  void Arrive() {
    std::unique_lock lock(mutex_);
    if (--missing_ == 0) met_.notify_all();
    if (!met_.wait_for(lock, kPatience, [this] { return missing_ == 0; })) all_came_ = false;
  }

  bool all_came() const { return all_came_; }

 private:
  // For a pool whose threads are busy with something long.
  static constexpr std::chrono::milliseconds kPatience{1000};
  std::mutex mutex_;
  std::condition_variable met_;
  uint32_t missing_;
  bool all_came_ = true;
};

class Wiping {
 public:
  Wiping(Napi::Env env, uv_loop_s* loop, uint32_t threads)
      : env_(env), loop_(loop), deferred_(env), context_(env, "claviger:wipeLeftovers"), meeting_point_(threads) {}

  Napi::Promise promise() const { return deferred_.Promise(); }

  // Every request holds a share of this, so that the last one to end releases it.
  static bool Queue(const std::shared_ptr<Wiping>& wiping) {
    auto* request = static_cast<uv_work_s*>(malloc(uv_req_size(kWorkRequest)));
    if (request == nullptr) return false;
    uv_req_set_data(request, new std::shared_ptr<Wiping>(wiping));
    ++wiping->unfinished_;
    if (uv_queue_work(wiping->loop_, request, Work, AfterWork) == 0) return true;
    --wiping->unfinished_;
    Release(request);
    return false;
  }

 private:
  using Share = std::shared_ptr<Wiping>;

  static void Work(uv_work_s* request) {
    // Wipes last: when it finds a function that is called for the first time, the dynamic linker saves vector registers,
    // and what is in them, on the stack.
    (*static_cast<Share*>(uv_req_get_data(request)))->meeting_point_.Arrive();
    WipeLeftoversOfOtherThread();
  }

  static void AfterWork(uv_work_s* request, int) {
    const Share wiping = Release(request);
    if (--wiping->unfinished_ > 0 || CheckSoon(wiping)) return;
    WipeLeftoversOfMainThread();
    wiping->Resolve();
  }

  // Where events are waited for, the loop has a large frame, most of it never written to: what setImmediate or a timer left
  // on the stack lies in there. So the main thread wipes after it, where the loop calls what setImmediate asked for.
  static bool CheckSoon(const Share& wiping) {
    auto* check = static_cast<uv_check_s*>(malloc(uv_handle_size(kCheckHandle)));
    if (check == nullptr) return false;
    // Neither fails, but for a callback that is missing.
    uv_check_init(wiping->loop_, check);
    uv_check_start(check, Check);
    uv_handle_set_data(HandleOf(check), new Share(wiping));
    return true;
  }

  static void Check(uv_check_s* check) {
    uv_handle_s* handle = HandleOf(check);
    const std::unique_ptr<Share> wiping(static_cast<Share*>(uv_handle_get_data(handle)));
    uv_close(handle, [](uv_handle_s* closed) { free(closed); });
    WipeLeftoversOfMainThread();
    (*wiping)->Resolve();
  }

  static uv_handle_s* HandleOf(uv_check_s* check) { return reinterpret_cast<uv_handle_s*>(check); }

  static Share Release(uv_work_s* request) {
    const std::unique_ptr<Share> share(static_cast<Share*>(uv_req_get_data(request)));
    free(request);
    return *share;
  }

  void Resolve() {
    const Napi::HandleScope handles(env_);
    const Napi::CallbackScope callback(env_, context_);
    deferred_.Resolve(Napi::Boolean::New(env_, meeting_point_.all_came()));
  }

  Napi::Env env_;
  uv_loop_s* loop_;
  Napi::Promise::Deferred deferred_;
  Napi::AsyncContext context_;
  MeetingPoint meeting_point_;
  uint32_t unfinished_ = 0;  // only the main thread counts
};

}  // namespace

Napi::Value WipeLeftovers(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const uint32_t given = info[0].IsNumber() ? info[0].As<Napi::Number>().Uint32Value() : 0;
  const uint32_t threads = std::clamp<uint32_t>(given, 1, kMostThreads);
  uv_loop_s* loop = nullptr;
  bool is_queued = napi_get_uv_event_loop(env, &loop) == napi_ok;
  auto wiping = std::make_shared<Wiping>(env, loop, threads);
  for (uint32_t i = 0; is_queued && i < threads; ++i) is_queued = Wiping::Queue(wiping);
  if (!is_queued) Napi::Error::New(env, "the thread pool takes no work").ThrowAsJavaScriptException();
  return wiping->promise();
}

}  // namespace claviger
