// Ordered work: independent pieces of work done by several threads, their results taken in order.
//
//   ordered_work<Reading>(files.size(), threads,
//                         [&](std::size_t i) { return read(files[i]); },       // any thread
//                         [&](std::size_t i, Reading&& r) { merge(r); });      // this thread, 0,
//                         1, ...
//
// What comes out therefore does not depend on the number of threads. No more than `ahead` results
// per thread wait to be taken, so that memory stays bounded. An exception of `work` or `take`
// ends the rest and is thrown here.
#pragma once

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace truce::service {

template <class Result>
void ordered_work(std::size_t count, int threads, const std::function<Result(std::size_t)>& work,
                  const std::function<void(std::size_t, Result&&)>& take) {
  constexpr std::size_t ahead = 4;
  if (threads <= 1 || count <= 1) {
    for (std::size_t i = 0; i < count; ++i) take(i, work(i));
    return;
  }
  std::mutex mutex;
  std::condition_variable changed;
  std::map<std::size_t, Result> ready;
  std::size_t next = 0, taken = 0;
  std::exception_ptr failure;
  const std::size_t window = ahead * static_cast<std::size_t>(threads);

  const auto worker = [&] {
    std::unique_lock lock(mutex);
    while (true) {
      changed.wait(lock, [&] { return failure || next >= count || next < taken + window; });
      if (failure || next >= count) return;
      const std::size_t mine = next++;
      lock.unlock();
      try {
        Result result = work(mine);
        lock.lock();
        ready.emplace(mine, std::move(result));
      } catch (...) {
        if (!lock.owns_lock()) lock.lock();
        if (!failure) failure = std::current_exception();
      }
      changed.notify_all();
    }
  };
  std::vector<std::jthread> workers;
  const auto workers_count = std::min(static_cast<std::size_t>(threads), count);
  for (std::size_t i = 0; i < workers_count; ++i) workers.emplace_back(worker);

  while (taken < count) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return failure || ready.contains(taken); });
    if (failure) break;
    auto node = ready.extract(taken);
    lock.unlock();
    try {
      take(node.key(), std::move(node.mapped()));
    } catch (...) {
      lock.lock();
      if (!failure) failure = std::current_exception();
      lock.unlock();
      changed.notify_all();
      break;
    }
    lock.lock();
    ++taken;
    lock.unlock();
    changed.notify_all();
  }
  workers.clear();  // Joined: nobody writes `failure` any more.
  if (failure) std::rethrow_exception(failure);
}

/// Independent pieces of work in any order, by several threads; returns when all are done. An
/// exception ends the rest and is thrown here.
inline void spread_work(std::size_t count, int threads,
                        const std::function<void(std::size_t)>& work) {
  if (threads <= 1 || count <= 1) {
    for (std::size_t i = 0; i < count; ++i) work(i);
    return;
  }
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  std::exception_ptr failure;
  const auto worker = [&] {
    for (std::size_t i = next++; i < count; i = next++) {
      try {
        work(i);
      } catch (...) {
        next = count;
        const std::lock_guard lock(mutex);
        if (!failure) failure = std::current_exception();
      }
    }
  };
  {
    std::vector<std::jthread> workers;
    const auto workers_count = std::min(static_cast<std::size_t>(threads), count);
    for (std::size_t i = 0; i < workers_count; ++i) workers.emplace_back(worker);
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace truce::service
