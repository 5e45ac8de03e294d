// Runs independent pieces of work on all cores that this process may use.
#pragma once

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace mdctr {

class Workers {
 public:
  /// The workers of this process. They are never stopped: the process ends with them asleep.
  static Workers& all() {
    static Workers* workers = new Workers(threadCount());
    return *workers;
  }

  /// Threads that take part, the caller's included.
  int threads() const { return static_cast<int>(helpers_.size()) + 1; }

  /// Calls task(0) ... task(count - 1), each once, in any order and on any thread; returns when all have ended.
  void run(int count, const std::function<void(int)>& task) {
    if (count <= 0) return;
    if (count == 1 || helpers_.empty()) {
      for (int i = 0; i < count; i++) task(i);
      return;
    }
    std::lock_guard<std::mutex> oneAtATime(turn_);
    {
      std::lock_guard<std::mutex> lock(state_);
      task_ = &task;
      count_ = count;
      next_ = 0;
      busy_ = static_cast<int>(helpers_.size());
      round_++;
    }
    wake_.notify_all();
    work();
    std::unique_lock<std::mutex> lock(state_);
    done_.wait(lock, [this] { return busy_ == 0; });
  }

 private:
  explicit Workers(int threads) {
    for (int i = 1; i < threads; i++) {
      helpers_.emplace_back([this] { help(); });
      helpers_.back().detach();
    }
  }

  static int threadCount();

  void work() {
    for (int i = next_++; i < count_; i = next_++) (*task_)(i);
  }

  void help() {
    long seen = 0;
    for (;;) {
      {
        std::unique_lock<std::mutex> lock(state_);
        wake_.wait(lock, [&] { return round_ != seen; });
        seen = round_;
      }
      work();
      std::lock_guard<std::mutex> lock(state_);
      if (--busy_ == 0) done_.notify_one();
    }
  }

  std::vector<std::thread> helpers_;
  std::mutex turn_, state_;
  std::condition_variable wake_, done_;
  const std::function<void(int)>* task_ = nullptr;
  std::atomic<int> next_{0};
  int count_ = 0, busy_ = 0;
  long round_ = 0;
};

}  // namespace mdctr

namespace mdctr {

/// Calls `task(from, to)` for pieces of 0 ... `count`, `chunk` long, on all threads.
template <class Task>
void inChunks(int64_t count, int64_t chunk, const Task& task) {
  Workers::all().run(static_cast<int>((count + chunk - 1) / chunk), [&](int i) {
    task(i * chunk, std::min(count, (i + 1) * chunk));
  });
}

/// Parts of `length` columns, whole cache lines each, about one a thread. What is summed down a column has one thread then, and
/// one order, whatever their number.
struct ColumnParts {
  static constexpr int64_t LINE = 16;
  int64_t length, width;

  /// `worth`: whether there is work for all threads.
  ColumnParts(int64_t length, bool worth) : length(length), width(std::max<int64_t>(1, length)) {
    const int64_t each = (length + Workers::all().threads() - 1) / Workers::all().threads();
    if (worth) width = std::max<int64_t>(1, (each + LINE - 1) / LINE) * LINE;
  }
  int count() const { return static_cast<int>((length + width - 1) / width); }
  int64_t from(int part) const { return part * width; }
  int64_t to(int part) const { return std::min(length, (part + 1) * width); }
};

}  // namespace mdctr

#include <sched.h>

#include <cstdlib>

/// As many threads as TensorFlow's own ops are given: TF_NUM_INTRAOP_THREADS, or the cores of this process.
inline int mdctr::Workers::threadCount() {
  const char* asked = std::getenv("TF_NUM_INTRAOP_THREADS");
  const int given = asked ? std::atoi(asked) : 0;
  if (given > 0) return given;
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof(allowed), &allowed) == 0) return std::max(1, CPU_COUNT(&allowed));
  return std::max(1u, std::thread::hardware_concurrency());
}
