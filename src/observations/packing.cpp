#include "observations/packing.h"

#include <zlib.h>
#include <zstd.h>

#include <memory>

#include "base/check.h"

namespace truce::observations {

namespace {

// The quickest: what is packed here has been made small by differences first.
constexpr int level = 1;

struct Free {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

}  // namespace

bool pack(std::string_view bytes, std::string& into) {
  // A context is costly to make and leaves no trace in what it packs: one for each thread.
  static thread_local const std::unique_ptr<ZSTD_CCtx, Free> context(ZSTD_createCCtx());
  CHECK(context != nullptr);
  const std::size_t before = into.size(), bound = ZSTD_compressBound(bytes.size());
  into.resize(before + bound);
  const std::size_t length = ZSTD_compressCCtx(context.get(), into.data() + before, bound,
                                               bytes.data(), bytes.size(), level);
  const bool packed = ZSTD_isError(length) == 0 && length < bytes.size();
  into.resize(before + (packed ? length : 0));
  if (!packed) into += bytes;
  return packed;
}

bool unpack(std::string_view packed, std::span<char> into) {
  static thread_local const std::unique_ptr<ZSTD_DCtx, Free> context(ZSTD_createDCtx());
  CHECK(context != nullptr);
  const std::size_t length =
      ZSTD_decompressDCtx(context.get(), into.data(), into.size(), packed.data(), packed.size());
  return ZSTD_isError(length) == 0 && length == into.size();
}

std::uint32_t check_sum(std::string_view bytes) {
  return static_cast<std::uint32_t>(
      ::crc32_z(0, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()));
}

}  // namespace truce::observations
