// Large pages for large memory: what a program asks for in pieces of many megabytes (columns of
// positions, the index of areas) it gets in pages of 2 MiB where the system has them on request, as
// Debian has. A page costs time when it is first touched, and each needs a place among the few
// whose addresses the processor has at hand; with pages of 4 KiB that is a third of reading a CSV.
//
// Linked into a program, this takes the place of the library's own operator new. Programs with a
// sanitizer, which has one itself, are built without it.
#include <malloc.h>
#include <sys/mman.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>

namespace {

constexpr std::size_t page = std::size_t{2} << 20;
constexpr std::size_t large = 4 * page;

// Each of these a mapping of its own, given back when it is freed: left to itself, the library
// would soon keep them in heaps, where they leave holes as large as they are. What is smaller stays
// for the next who asks.
const bool arranged = [] {
  constexpr int kept = 64 << 20;
  return ::mallopt(M_MMAP_THRESHOLD, static_cast<int>(large)) == 1 &&
         ::mallopt(M_TRIM_THRESHOLD, kept) == 1;
}();

void* allocated(std::size_t bytes, std::size_t alignment) {
  if (bytes >= large && bytes <= SIZE_MAX - page && alignment <= page) {
    const std::size_t pages = (bytes + page - 1) / page * page;
    void* const memory = std::aligned_alloc(page, pages);
    // A wish: where it is not granted, the memory is as good.
    if (memory != nullptr) ::madvise(memory, pages, MADV_HUGEPAGE);
    return memory;
  }
  if (alignment <= __STDCPP_DEFAULT_NEW_ALIGNMENT__) return std::malloc(bytes == 0 ? 1 : bytes);
  return bytes > SIZE_MAX - alignment
             ? nullptr
             : std::aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment);
}

void* allocated_or_thrown(std::size_t bytes, std::size_t alignment) {
  while (true) {
    if (void* const memory = allocated(bytes, alignment)) return memory;
    const std::new_handler handler = std::get_new_handler();
    if (handler == nullptr) throw std::bad_alloc();
    handler();
  }
}

}  // namespace

// The library's other ways to ask for memory, and to give it back, come to these.
void* operator new(std::size_t bytes) {
  return allocated_or_thrown(bytes, __STDCPP_DEFAULT_NEW_ALIGNMENT__);
}
void* operator new(std::size_t bytes, std::align_val_t alignment) {
  return allocated_or_thrown(bytes, static_cast<std::size_t>(alignment));
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::align_val_t) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
  std::free(memory);
}
