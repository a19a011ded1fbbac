// Streams of bytes through zlib and libzstd; packing.cpp does single blocks.
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <string>

#include "observations/reader.h"

namespace truce::observations {

namespace {

constexpr std::string_view gzip_magic = "\x1F\x8B";
constexpr std::string_view zstd_magic = "\x28\xB5\x2F\xFD";
constexpr std::size_t longest_magic = 4;
// A frame may ask for a window of any size; beyond 128 MiB it is refused, as `zstd -d` does.
constexpr int greatest_window_log = 27;

base::Result<void> damaged(std::string_view what, std::string_view why) {
  return base::problem(std::string(what), "the compressed data are damaged: " + std::string(why));
}

}  // namespace

struct Decompressor::State {
  enum class Kind : std::uint8_t { unknown, plain, gzip, zstd };

  std::function<void(std::string_view)> deliver;
  Kind kind = Kind::unknown;
  std::string first;  // bytes before the kind is known
  z_stream gzip{};
  ZSTD_DStream* zstd = nullptr;
  bool open = false;          // inside a gzip member or a zstd frame
  bool after_member = false;  // the end of a gzip member was seen
  bool broken = false;        // nothing is taken any more
  std::array<char, 64 * 1024> out;

  ~State() {
    if (kind == Kind::gzip) inflateEnd(&gzip);
    ZSTD_freeDStream(zstd);
  }

  base::Result<void> begin();
  base::Result<void> take(std::string_view bytes);
  base::Result<void> take_gzip(std::string_view bytes);
  base::Result<void> take_zstd(std::string_view bytes);
};

base::Result<void> Decompressor::State::begin() {
  std::string held;
  held.swap(first);
  if (held.starts_with(gzip_magic)) {
    constexpr int window_bits_of_gzip = 15 + 16;
    if (inflateInit2(&gzip, window_bits_of_gzip) != Z_OK)
      return base::problem("gzip", "no memory to decompress with");
    kind = Kind::gzip;
  } else if (held.starts_with(zstd_magic)) {
    zstd = ZSTD_createDStream();
    if (zstd == nullptr) return base::problem("zstd", "no memory to decompress with");
    ZSTD_DCtx_setParameter(zstd, ZSTD_d_windowLogMax, greatest_window_log);
    kind = Kind::zstd;
  } else {
    kind = Kind::plain;
  }
  return take(held);
}

base::Result<void> Decompressor::State::take(std::string_view bytes) {
  if (bytes.empty()) return {};
  switch (kind) {
    case Kind::gzip: return take_gzip(bytes);
    case Kind::zstd: return take_zstd(bytes);
    default: deliver(bytes); return {};
  }
}

base::Result<void> Decompressor::State::take_gzip(std::string_view bytes) {
  // zlib counts in 32 bits and takes what it reads as not const.
  constexpr std::size_t most = 1u << 30;
  bool full = false;  // more may be ready than there was room for
  while (!bytes.empty() || full) {
    if (!open) {
      // Zero bytes after the last member are padding, as gzip takes them.
      while (after_member && !bytes.empty() && bytes.front() == '\0') bytes.remove_prefix(1);
      if (bytes.empty()) return {};
    }
    const std::size_t part = std::min(bytes.size(), most);
    gzip.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    gzip.avail_in = static_cast<uInt>(part);
    gzip.next_out = reinterpret_cast<Bytef*>(out.data());
    gzip.avail_out = static_cast<uInt>(out.size());
    open = true;
    const int result = inflate(&gzip, Z_NO_FLUSH);
    if (const std::size_t made = out.size() - gzip.avail_out; made > 0)
      deliver(std::string_view(out.data(), made));
    bytes.remove_prefix(part - gzip.avail_in);
    full = gzip.avail_out == 0;
    if (result == Z_STREAM_END) {  // another member may follow
      open = full = false;
      after_member = true;
      inflateReset(&gzip);
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      return damaged("gzip", gzip.msg != nullptr ? gzip.msg : "not gzip");
    }
  }
  return {};
}

base::Result<void> Decompressor::State::take_zstd(std::string_view bytes) {
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  bool full = false;
  while (in.pos < in.size || full) {
    ZSTD_outBuffer made{out.data(), out.size(), 0};
    const std::size_t result = ZSTD_decompressStream(zstd, &made, &in);
    if (made.pos > 0) deliver(std::string_view(out.data(), made.pos));
    if (ZSTD_isError(result)) return damaged("zstd", ZSTD_getErrorName(result));
    open = result != 0;
    full = made.pos == made.size && open;
  }
  return {};
}

Decompressor::Decompressor(std::function<void(std::string_view)> deliver)
    : state_(std::make_unique<State>()) {
  state_->deliver = std::move(deliver);
}
Decompressor::~Decompressor() = default;

base::Result<void> Decompressor::take(std::string_view bytes) {
  State& s = *state_;
  if (s.broken) return {};
  base::Result<void> result;
  if (s.kind == State::Kind::unknown) {
    s.first += bytes;
    if (s.first.size() < longest_magic) return {};
    result = s.begin();
  } else {
    result = s.take(bytes);
  }
  s.broken = !result.has_value();
  return result;
}

base::Result<void> Decompressor::finish() {
  State& s = *state_;
  if (s.broken) return {};
  if (s.kind == State::Kind::unknown)
    if (const auto begun = s.begin(); !begun) return begun;
  if (!s.open) return {};
  return base::problem(s.kind == State::Kind::gzip ? "gzip" : "zstd",
                       "the compressed data end in the middle");
}

}  // namespace truce::observations
