#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include <string>

#include "observations/reader.h"

namespace truce::observations {
namespace {

std::string gzipped(std::string_view text) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(text.size() + 1000, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string zstandard(std::string_view text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  ZSTD_CCtx* const context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
  out.resize(ZSTD_compress2(context, out.data(), out.size(), text.data(), text.size()));
  ZSTD_freeCCtx(context);
  return out;
}

struct Undone {
  std::string text;
  std::string problem;
};

Undone undo(std::string_view bytes, std::size_t part = SIZE_MAX) {
  Undone undone;
  Decompressor decompressor([&](std::string_view text) { undone.text += text; });
  const auto note = [&](const base::Result<void>& result) {
    if (!result && undone.problem.empty()) undone.problem = result.error().message;
  };
  while (!bytes.empty()) {
    note(decompressor.take(bytes.substr(0, part)));
    bytes.remove_prefix(std::min(part, bytes.size()));
  }
  note(decompressor.finish());
  return undone;
}

std::string sample() {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += std::to_string(i) + ",";
  return text;
}

TEST(Decompressor, GzipZstandardAndPlainInPartsOfAnySize) {
  const std::string text = sample();
  for (const std::string& bytes : {text, gzipped(text), zstandard(text)}) {
    for (const std::size_t part : {std::size_t{1}, std::size_t{3}, std::size_t{4096}, SIZE_MAX}) {
      const Undone undone = undo(bytes, part);
      EXPECT_EQ(undone.problem, "");
      EXPECT_TRUE(undone.text == text) << part;
    }
  }
}

TEST(Decompressor, SmallTextsAndNone) {
  for (const char* text : {"", "a", "abc", "abcd", "\x1F"}) {
    EXPECT_EQ(undo(text).text, text);
    EXPECT_EQ(undo(gzipped(text)).text, text);
    EXPECT_EQ(undo(zstandard(text)).text, text);
    EXPECT_EQ(undo(zstandard(text), 1).problem, "");
  }
}

TEST(Decompressor, SeveralMembersAndPadding) {
  EXPECT_EQ(undo(gzipped("one ") + gzipped("two")).text, "one two");
  EXPECT_EQ(undo(gzipped("one ") + gzipped("two"), 1).text, "one two");
  EXPECT_EQ(undo(zstandard("one ") + zstandard("two"), 1).text, "one two");
  const Undone padded = undo(gzipped("one") + std::string(512, '\0'), 100);
  EXPECT_EQ(padded.text, "one");
  EXPECT_EQ(padded.problem, "");
}

TEST(Decompressor, WhatCameBeforeTheDamageIsDelivered) {
  const std::string text = sample();
  for (const std::string& whole : {gzipped(text), zstandard(text)}) {
    const Undone cut = undo(whole.substr(0, whole.size() / 2));
    EXPECT_EQ(cut.problem, "the compressed data end in the middle");
    EXPECT_TRUE(text.starts_with(cut.text));
    std::string damaged = whole;
    for (std::size_t i = damaged.size() / 2; i < damaged.size(); ++i) damaged[i] ^= 0x5A;
    EXPECT_NE(undo(damaged).problem, "");
  }
  EXPECT_TRUE(undo(gzipped("one") + "rubbish").problem.starts_with("the compressed data are"));
}

TEST(Decompressor, CutAtAnyByteIsToldAndNeverMoreThanTheText) {
  const std::string text = "MSG,3,1,1,406B90,1,2016/02/27,12:00:00.000";
  for (const std::string& whole : {gzipped(text), zstandard(text)}) {
    for (std::size_t length = 4; length < whole.size(); ++length) {
      const Undone cut = undo(whole.substr(0, length));
      EXPECT_NE(cut.problem, "") << length;
      EXPECT_TRUE(text.starts_with(cut.text));
    }
  }
}

}  // namespace
}  // namespace truce::observations
