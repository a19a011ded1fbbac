// Any bytes as an archive of positions: refused, torn or whole; and its blocks read or refused. The
// first byte chooses: 0, the rest is an archive; otherwise the rest is one block, the range of
// which comes first, so that no check sum stands in the way.
#include <cstdint>
#include <cstring>
#include <string_view>

#include "base/check.h"
#include "observations/archive.h"

namespace {

using namespace truce::observations;

void hold_to(const BlockRange& range, const Positions& rows) {
  CHECK(rows.size() == range.rows);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CHECK(i == 0 || rows.address[i - 1] <= rows.address[i]);
    CHECK(range.first_address <= rows.address[i] && rows.address[i] <= range.last_address);
    CHECK(range.earliest <= rows.at[i] && rows.at[i] <= range.latest);
    CHECK(range.west <= rows.point[i].longitude_e7 && rows.point[i].longitude_e7 <= range.east);
    CHECK(range.south <= rows.point[i].latitude_e7 && rows.point[i].latitude_e7 <= range.north);
    CHECK(rows.evidence[i].input <= range.greatest_input);
    rows.call_sign_text(i);
  }
}

void read_as_archive(std::string_view bytes) {
  const auto reading = read_archive(bytes);
  if (!reading) return;
  CHECK(reading->intact_bytes <= bytes.size());
  CHECK(reading->is_torn == (reading->intact_bytes != bytes.size()));
  for (const Chapter& chapter : reading->chapters)
    for (const StoredRun& run : chapter.runs)
      for (const StoredBlock& block : run) {
        Positions rows;
        if (read_stored_block(bytes, block, Columns::all, rows)) hold_to(block.range, rows);
      }
}

void read_as_block(std::string_view bytes) {
  BlockRange range;
  if (bytes.size() < sizeof range) return;
  std::memcpy(&range, bytes.data(), sizeof range);
  bytes.remove_prefix(sizeof range);
  for (const Columns wanted : {Columns::judged, Columns::all}) {
    Positions rows;
    if (read_block(bytes, range, wanted, rows)) {
      hold_to(range, rows);
    } else {
      CHECK(rows.size() == 0);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] == 0) {
    read_as_archive(bytes);
  } else {
    read_as_block(bytes);
  }
  return 0;
}
