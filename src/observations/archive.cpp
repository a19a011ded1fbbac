#include "observations/archive.h"

#include <algorithm>
#include <concepts>
#include <optional>

#include "base/check.h"
#include "observations/packing.h"

namespace truce::observations {

namespace {

using base::problem;
using base::Result;

// --- Records
//
// The file begins with its magic, its version and the check sum of both. Then record follows
// record: what it is, the check sum of its payload, the length of it, the check sum of this head;
// and the payload.

constexpr std::string_view magic = "TRUCEPOS";
constexpr std::size_t file_head = 16;
constexpr std::string_view block_record = "blck", commit_record = "cmit";
constexpr std::size_t record_head = 20;
constexpr std::uint64_t longest_commit = std::uint64_t{1} << 30;

template <std::unsigned_integral Word>
void put(std::string& bytes, Word value) {
  for (std::size_t i = 0; i < sizeof(Word); ++i)
    bytes += static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i) & 0xFF);
}
void put(std::string& bytes, std::int64_t value) {
  put(bytes, static_cast<std::uint64_t>(value));
}
void put(std::string& bytes, std::int32_t value) {
  put(bytes, static_cast<std::uint32_t>(value));
}
void put(std::string& bytes, std::string_view text) {
  put(bytes, static_cast<std::uint32_t>(text.size()));
  bytes += text;
}

/// Takes numbers and texts off the front; once something is missing, everything is.
class Taker {
 public:
  explicit Taker(std::string_view bytes) : bytes_(bytes) {}
  bool sound() const { return sound_; }
  bool at_end() const { return bytes_.empty(); }
  void refuse() { sound_ = false; }

  template <std::unsigned_integral Word>
  void take(Word& value) {
    const std::string_view from = take_bytes(sizeof(Word));
    std::uint64_t taken = 0;
    for (std::size_t i = 0; i < from.size(); ++i)
      taken |= std::uint64_t{static_cast<unsigned char>(from[i])} << (8 * i);
    value = static_cast<Word>(taken);
  }
  void take(std::int32_t& value) {
    std::uint32_t word = 0;
    take(word);
    value = static_cast<std::int32_t>(word);
  }
  void take(std::int64_t& value) {
    std::uint64_t word = 0;
    take(word);
    value = static_cast<std::int64_t>(word);
  }
  void take(std::string& text) {
    std::uint32_t length = 0;
    take(length);
    text = take_bytes(length);
  }
  /// A count of things that take at least so many bytes each.
  std::size_t take_count(std::size_t least_bytes) {
    std::uint32_t count = 0;
    take(count);
    sound_ = sound_ && count <= bytes_.size() / least_bytes;
    return sound_ ? count : 0;
  }
  std::string_view take_bytes(std::size_t count) {
    sound_ = sound_ && count <= bytes_.size();
    if (!sound_) return {};
    const std::string_view taken = bytes_.substr(0, count);
    bytes_.remove_prefix(count);
    return taken;
  }

 private:
  std::string_view bytes_;
  bool sound_ = true;
};

struct RecordHead {
  bool is_commit = false;
  std::uint32_t check_sum = 0;
  std::uint64_t length = 0;
};

std::string head_of(std::string_view kind, std::string_view payload) {
  std::string head(kind);
  put(head, check_sum(payload));
  put(head, std::uint64_t{payload.size()});
  put(head, check_sum(head));
  return head;
}

std::optional<RecordHead> record_head_in(std::string_view bytes) {
  if (bytes.size() < record_head) return {};
  Taker taker(bytes.substr(0, record_head));
  const std::string_view kind = taker.take_bytes(4);
  RecordHead head;
  std::uint32_t own = 0;
  taker.take(head.check_sum);
  taker.take(head.length);
  taker.take(own);
  if (own != check_sum(bytes.substr(0, record_head - 4))) return {};
  if (kind != block_record && kind != commit_record) return {};
  head.is_commit = kind == commit_record;
  return head;
}

std::string file_head_bytes() {
  std::string head(magic);
  put(head, archive_version);
  put(head, check_sum(head));
  return head;
}

// --- The payload of a commit: the same walk writes and reads it, so that they cannot differ.

template <class Go>
void walk(Go& go, BlockRange& r) {
  go(r.rows);
  go(r.first_address);
  go(r.last_address);
  go(r.earliest);
  go(r.latest);
  go(r.west);
  go(r.south);
  go(r.east);
  go(r.north);
  go(r.least_input);
  go(r.greatest_input);
  go(r.greatest_containment);
}
template <class Go>
void walk(Go& go, StoredBlock& block) {
  go(block.offset);
  go(block.bytes);
  go(block.check_sum);
  walk(go, block.range);
}
template <class Go>
void walk(Go& go, ArchivedInput& one) {
  Input& input = one.input;
  go(input.name);
  for (std::uint8_t& byte : input.digest.bytes) go(byte);
  go(input.bytes);
  go(input.format);
  go(input.source);
  go(input.records);
  go(input.positions);
  go(input.without_position);
  go.each(input.rejected, 12);
  go(one.settings);
}
template <class Go>
void walk(Go& go, std::pair<std::string, std::uint64_t>& count) {
  go(count.first);
  go(count.second);
}
template <class Go>
void walk(Go& go, AircraftFacts& facts) {
  go(facts.address.value);
  go(facts.registration);
  go(facts.type);
  go(facts.operator_name);
  go(facts.category);
  go(facts.military);
  go(facts.evidence.input);
  go(facts.evidence.record);
}
template <class Go>
void walk(Go& go, Rejected& row) {
  go(row.input);
  go(row.record);
  go(row.reason);
  go(row.text);
}
template <class Go>
void walk(Go& go, base::Problem& warning) {
  go(warning.where);
  go(warning.message);
}
template <class Go>
void walk(Go& go, StoredRun& run) {
  constexpr std::size_t least_bytes_of_a_block = 68;
  go.each(run, least_bytes_of_a_block);
}
template <class Go>
void walk(Go& go, Chapter& chapter) {
  go.each(chapter.inputs, 80);
  go.each(chapter.facts, 29);
  go.each(chapter.rejected, 16);
  go.each(chapter.warnings, 8);
  go.each(chapter.runs, 4);
}

class Writing {
 public:
  template <class T>
  void operator()(const T& value) {
    put(bytes, value);
  }
  void operator()(const std::string& text) { put(bytes, std::string_view(text)); }
  void operator()(const std::optional<bool>& answer) {
    put(bytes, static_cast<std::uint8_t>(!answer ? 2 : *answer ? 1 : 0));
  }
  template <class T>
  void each(std::vector<T>& all, std::size_t /*least_bytes*/) {
    put(bytes, static_cast<std::uint32_t>(all.size()));
    for (T& one : all) walk(*this, one);
  }
  void each(std::map<std::string, std::uint64_t>& all, std::size_t least_bytes) {
    std::vector<std::pair<std::string, std::uint64_t>> listed(all.begin(), all.end());
    each(listed, least_bytes);
  }
  std::string bytes;
};

class Reading {
 public:
  explicit Reading(std::string_view bytes) : taker(bytes) {}
  template <class T>
  void operator()(T& value) {
    taker.take(value);
  }
  void operator()(std::optional<bool>& answer) {
    std::uint8_t said = 0;
    taker.take(said);
    if (said > 2) taker.refuse();
    if (said < 2) answer = said == 1;
  }
  template <class T>
  void each(std::vector<T>& all, std::size_t least_bytes) {
    const std::size_t count = taker.take_count(least_bytes);
    for (std::size_t i = 0; i < count && taker.sound(); ++i) walk(*this, all.emplace_back());
  }
  void each(std::map<std::string, std::uint64_t>& all, std::size_t least_bytes) {
    std::vector<std::pair<std::string, std::uint64_t>> listed;
    each(listed, least_bytes);
    for (auto& [reason, count] : listed) all[reason] = count;
  }
  Taker taker;
};

std::string commit_payload(Chapter& chapter) {
  Writing writing;
  walk(writing, chapter);
  std::string payload;
  put(payload, static_cast<std::uint64_t>(writing.bytes.size()));
  std::string packed;
  const bool is_packed = pack(writing.bytes, packed);
  put(payload, static_cast<std::uint8_t>(is_packed ? 1 : 0));
  return payload + packed;
}

// What all chapters before hold together.
struct Before {
  std::uint64_t inputs = 0;
};

bool is_believable(const Chapter& chapter, std::uint64_t inputs) {
  std::uint64_t rows = 0;
  for (const StoredRun& run : chapter.runs) {
    if (run.empty()) return false;
    for (std::size_t i = 0; i < run.size(); ++i) {
      rows += run[i].range.rows;
      if (!is_believable(run[i].range) || run[i].range.greatest_input >= inputs ||
          (i > 0 && run[i - 1].range.last_address > run[i].range.first_address))
        return false;
    }
  }
  const auto known = [&](std::uint32_t input) { return input < inputs; };
  return rows == chapter.positions() &&
         std::all_of(chapter.facts.begin(), chapter.facts.end(),
                     [&](const AircraftFacts& f) {
                       return known(f.evidence.input) && f.address.value < 2 * Address::not_icao;
                     }) &&
         std::all_of(chapter.rejected.begin(), chapter.rejected.end(),
                     [&](const Rejected& row) { return known(row.input); });
}

// Whether the blocks of a chapter are those that stand in the file before its commit.
bool are_there(const Chapter& chapter, const std::vector<StoredBlock>& found) {
  std::size_t i = 0;
  for (const StoredRun& run : chapter.runs) {
    for (const StoredBlock& block : run) {
      if (i == found.size() || found[i].offset != block.offset || found[i].bytes != block.bytes ||
          found[i].check_sum != block.check_sum)
        return false;
      ++i;
    }
  }
  return i == found.size();
}

std::optional<Chapter> chapter_in(std::string_view payload) {
  Taker taker(payload);
  std::uint64_t length = 0;
  std::uint8_t is_packed = 0;
  taker.take(length);
  taker.take(is_packed);
  if (!taker.sound() || length > longest_commit || is_packed > 1) return {};
  payload.remove_prefix(9);
  std::string bytes;
  if (is_packed == 1) {
    bytes.resize(length);
    if (!unpack(payload, bytes)) return {};
  } else {
    bytes = payload;
  }
  Reading reading(bytes);
  Chapter chapter;
  walk(reading, chapter);
  if (!reading.taker.sound() || !reading.taker.at_end()) return {};
  return chapter;
}

// A whole commit further on: then what stands before it is damaged, not torn.
bool holds_a_commit(std::string_view bytes) {
  for (std::size_t at = bytes.find(commit_record); at != std::string_view::npos;
       at = bytes.find(commit_record, at + 1)) {
    const auto head = record_head_in(bytes.substr(at));
    if (head && head->is_commit) return true;
  }
  return false;
}

}  // namespace

std::string reading_settings(const Source& source) {
  std::string settings = "times in " + source.time_zone;
  if (source.date)
    settings +=
        "; date " + std::to_string(quantities::days_from(*source.date)) + " days after 1970";
  if (source.bounds.containment_holds)
    settings += "; containment holds for " +
                std::to_string(source.bounds.containment_holds->microseconds) + " us";
  for (const auto& [ours, theirs] : source.columns) settings += "; " + ours + " = " + theirs;
  return settings;
}

std::uint64_t Chapter::positions() const {
  std::uint64_t count = 0;
  for (const ArchivedInput& one : inputs) count += one.input.positions;
  return count;
}

PackedRun packed_run(const Positions& positions) {
  const std::vector<std::uint32_t> rows = rows_in_order(positions);
  PackedRun run;
  for (std::span<const std::uint32_t> left = rows; !left.empty();) {
    const std::size_t count = usual_rows_from(positions, left);
    run.push_back(block_of(positions, left.first(count)));
    left = left.subspan(count);
  }
  return run;
}

Result<void> ArchiveWriter::write(std::string_view bytes) {
  offset_ += bytes.size();
  return write_(bytes);
}

Result<void> ArchiveWriter::record(std::string_view kind, std::string_view payload) {
  if (offset_ == 0) {
    if (auto begun = write(file_head_bytes()); !begun) return begun;
  }
  if (auto headed = write(head_of(kind, payload)); !headed) return headed;
  return write(payload);
}

Result<void> ArchiveWriter::add_run(const PackedRun& run) {
  StoredRun stored;
  for (const PositionBlock& block : run) {
    if (auto written = record(block_record, block.bytes); !written) return written;
    stored.push_back({offset_ - block.bytes.size(), static_cast<std::uint32_t>(block.bytes.size()),
                      check_sum(block.bytes), block.range});
  }
  if (!stored.empty()) runs_.push_back(std::move(stored));
  return {};
}

Result<void> ArchiveWriter::commit(Chapter chapter) {
  chapter.runs = take_runs();
  const std::string payload = commit_payload(chapter);
  if (payload.size() > longest_commit) return problem("", "a commit of more than 1 GiB");
  return record(commit_record, payload);
}

bool is_archive(std::string_view first_bytes) {
  return first_bytes.starts_with(magic);
}

Result<ArchiveReading> read_archive(std::string_view bytes) {
  ArchiveReading reading;
  if (bytes.size() < file_head) {
    // Cut within its head: nothing was ever committed.
    if (file_head_bytes().starts_with(bytes)) {
      reading.is_torn = !bytes.empty();
      return reading;
    }
    return problem("", "is no archive of positions");
  }
  if (!is_archive(bytes)) return problem("", "is no archive of positions");
  if (bytes.substr(0, file_head) != file_head_bytes()) {
    Taker taker(bytes.substr(magic.size(), 8));
    std::uint32_t version = 0, sum = 0;
    taker.take(version);
    taker.take(sum);
    if (sum != check_sum(bytes.substr(0, magic.size() + 4)))
      return problem("", "is damaged in its first bytes");
    return problem("", "is an archive of version " + std::to_string(version) +
                           ", of which this program knows only version " +
                           std::to_string(archive_version));
  }
  reading.intact_bytes = file_head;
  std::uint64_t inputs = 0;
  std::vector<StoredBlock> blocks;  // since the last commit
  std::uint64_t at = file_head;
  const auto damaged = [&](std::uint64_t where) {
    return problem("", "is damaged at byte " + std::to_string(where) + "; it is whole up to byte " +
                           std::to_string(reading.intact_bytes));
  };
  while (at < bytes.size()) {
    const auto head = record_head_in(bytes.substr(at));
    const std::uint64_t room =
        bytes.size() - at - std::min<std::uint64_t>(record_head, bytes.size() - at);
    if (!head || head->length > room) {
      if (holds_a_commit(bytes.substr(at + 1))) return damaged(at);
      break;
    }
    const std::string_view payload = bytes.substr(at + record_head, head->length);
    if (head->is_commit) {
      if (check_sum(payload) != head->check_sum) return damaged(at);
      auto chapter = chapter_in(payload);
      if (!chapter || !is_believable(*chapter, inputs + chapter->inputs.size()) ||
          !are_there(*chapter, blocks))
        return damaged(at);
      inputs += chapter->inputs.size();
      reading.chapters.push_back(std::move(*chapter));
      reading.intact_bytes = at + record_head + head->length;
      blocks.clear();
    } else {
      if (head->length > UINT32_MAX) return damaged(at);
      blocks.push_back(
          {at + record_head, static_cast<std::uint32_t>(head->length), head->check_sum, {}});
    }
    at += record_head + head->length;
  }
  reading.is_torn = reading.intact_bytes < bytes.size();
  return reading;
}

Result<void> read_stored_block(std::string_view archive, const StoredBlock& block, Columns wanted,
                               Positions& into) {
  const auto damaged = [&] {
    return problem("", "is damaged between bytes " + std::to_string(block.offset) + " and " +
                           std::to_string(block.offset + block.bytes));
  };
  if (block.offset > archive.size() || block.bytes > archive.size() - block.offset)
    return damaged();
  const std::string_view bytes = archive.substr(block.offset, block.bytes);
  if (check_sum(bytes) != block.check_sum) return damaged();
  if (!read_block(bytes, block.range, wanted, into)) return damaged();
  return {};
}

ArchivedRun::ArchivedRun(std::string_view archive, StoredRun blocks,
                         std::shared_ptr<const std::vector<std::uint32_t>> input_numbers,
                         std::string name, std::function<void(std::string_view)> done)
    : archive_(archive),
      blocks_(std::move(blocks)),
      input_numbers_(std::move(input_numbers)),
      name_(std::move(name)),
      done_(std::move(done)) {
  CHECK(!blocks_.empty());
  std::int64_t earliest = blocks_.front().range.earliest, latest = blocks_.front().range.latest;
  for (const StoredBlock& block : blocks_) {
    rows_ += block.range.rows;
    earliest = std::min(earliest, block.range.earliest);
    latest = std::max(latest, block.range.latest);
  }
  span_ = {{earliest}, {latest}};
}

std::vector<SortedRun::Part> ArchivedRun::parts() const {
  std::vector<Part> parts;
  for (const StoredBlock& block : blocks_)
    parts.push_back({block.range.first_address, block.range.last_address, block.range.rows,
                     Whereabouts{block.range.west, block.range.south, block.range.east,
                                 block.range.north, block.range.greatest_containment}});
  return parts;
}

Result<void> ArchivedRun::append(std::uint32_t first, std::uint32_t last, Positions& into) const {
  auto block = std::partition_point(blocks_.begin(), blocks_.end(), [&](const StoredBlock& b) {
    return b.range.last_address < first;
  });
  for (; block != blocks_.end() && block->range.first_address <= last; ++block) {
    const bool whole = first <= block->range.first_address && block->range.last_address <= last;
    Positions some;
    Positions& rows = whole ? into : some;
    const std::size_t before = rows.size();
    if (auto read = read_stored_block(archive_, *block, Columns::judged, rows); !read)
      return problem(name_, read.error().message);
    for (std::size_t i = before; i < rows.size(); ++i) {
      std::uint32_t& input = rows.evidence[i].input;
      CHECK(input < input_numbers_->size());  // read_archive has seen to it
      input = (*input_numbers_)[input];
    }
    const auto begin = std::lower_bound(some.address.begin(), some.address.end(), first);
    const auto end = std::upper_bound(begin, some.address.end(), last);
    into.add_judged(some, static_cast<std::size_t>(begin - some.address.begin()),
                    static_cast<std::size_t>(end - some.address.begin()));
    if (done_) done_(archive_.substr(block->offset, block->bytes));
  }
  return {};
}

}  // namespace truce::observations
