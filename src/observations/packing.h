// Packing: blocks of bytes made small with zstd (RFC 8878), and their check sums (CRC-32 of ISO
// 3309, as in gzip). Streams are undone by Decompressor (reader.h).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace truce::observations {

/// Adds the bytes, packed, to `into`; the bytes themselves where packing gains nothing. True if
/// they are packed.
bool pack(std::string_view bytes, std::string& into);
/// Undoes it. False unless exactly as many bytes come out as there is room for.
bool unpack(std::string_view packed, std::span<char> into);

std::uint32_t check_sum(std::string_view bytes);

}  // namespace truce::observations
