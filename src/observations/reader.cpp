#include "observations/reader.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "observations/csv.h"
#include "observations/igc.h"
#include "observations/json_cutter.h"
#include "observations/json_fields.h"
#include "observations/opensky.h"
#include "observations/plain_csv.h"
#include "observations/readsb.h"
#include "observations/sbs.h"

namespace truce::observations {

namespace {

constexpr std::size_t longest_first_look = 256 * 1024;

// Looks at the first pieces of a JSON text and settles on what they are.
class JsonFormat final : private JsonPieces {
 public:
  explicit JsonFormat(std::string_view bytes) : bytes_(bytes) {
    JsonCutter cutter(*this, longest_first_look);
    cutter.take(bytes);
    cutter.finish();
  }
  Format format() const { return format_.value_or(Format::not_recognised); }

 private:
  void settle(Format format) {
    if (!format_) format_ = format;
  }

  Wanted wanted(std::string_view key, char first) override {
    if (first == '[' && key == "trace") settle(Format::readsb_trace);
    if (first == '[' && key == "states") settle(Format::opensky_states);
    if (first == '[' && (key == "aircraft" || key == "ac")) {
      in_aircraft_ = true;
      return Wanted::elements;
    }
    if (first == '{')
      for (const std::string_view column :
           {"timestamp", "icao24", "latitude", "longitude", "altitude"})
        if (key == column) settle(Format::opensky_tracks);
    return Wanted::kept;
  }

  void head(std::string_view) override {}
  void alone(std::string_view, std::string_view) override {}
  void tail(std::string_view) override {
    // A snapshot of an empty sky.
    if (in_aircraft_) settle(Format::aircraft_json);
  }
  void element(std::string_view json) override { aircraft(json, in_aircraft_); }
  void object(std::string_view json) override { aircraft(json, false); }
  void broken(std::string_view, std::string_view text) override {
    // Even a record that is not whole tells what it is.
    if (in_aircraft_ || text.starts_with('{')) aircraft_by_text(text, in_aircraft_);
  }

  void aircraft(std::string_view json, bool in_list) {
    if (!fields_.read_object(json).empty()) return;
    const auto has = [&](Member member) { return fields_[member].kind != JsonField::Kind::absent; };
    if (has(states) && fields_[states].kind == JsonField::Kind::null && has(time))
      return settle(Format::opensky_states);
    if (has(icao24) && has(timestamp)) return settle(Format::opensky_tracks);
    if (has(icao24)) return settle(Format::opensky_states);
    if (in_list) return settle(Format::aircraft_json);
    if (has(hex) || (has(now) && has(flight)))
      settle(one_a_line(json) ? Format::json_lines : Format::aircraft_json);
  }

  void aircraft_by_text(std::string_view text, bool in_list) {
    const auto has = [&](std::string_view key) { return text.find(key) != text.npos; };
    if (has("\"icao24\"")) {
      settle(has("\"timestamp\"") ? Format::opensky_tracks : Format::opensky_states);
    } else if (in_list || has("\"hex\"")) {
      settle(Format::aircraft_json);
    }
  }

  // Whether the object fills its line, no comma after it, and says its own time.
  bool one_a_line(std::string_view json) const {
    if (!fields_[now].given() || json.find('\n') != json.npos) return false;
    const std::size_t at = bytes_.find(json);
    if (at == bytes_.npos) return false;
    const std::string_view rest = bytes_.substr(at + json.size());
    return base::trimmed(rest.substr(0, rest.find('\n'))).empty();
  }

  enum Member : std::size_t { hex, now, flight, icao24, timestamp, states, time };
  std::string_view bytes_;
  std::optional<Format> format_;
  bool in_aircraft_ = false;
  JsonFields fields_{{"hex", "now", "flight", "icao24", "timestamp", "states", "time"}};
};

bool has_sighting_columns(const CsvHeader& header) {
  const bool placed = header.has("latitude") && header.has("longitude");
  const bool timed = header.has("time") || header.has("time_from");
  if (!placed || !timed || header.has("address")) return false;
  for (const std::string_view name :
       {"place_precision", "time_precision", "party", "military", "heading", "height_least"})
    if (header.has(name)) return true;
  return false;
}

Format csv_format(std::string_view bytes, const Source& source) {
  std::optional<Format> format;
  CsvReader reader([&](const CsvRow& row) {
    if (format) return;
    const CsvHeader header(row, source.columns);
    if (has_position_columns(header)) {
      format = Format::plain_csv;
    } else if (has_opensky_columns(CsvHeader(row))) {
      format = Format::opensky_states_csv;
    } else if (has_sighting_columns(header)) {
      format = Format::sightings_csv;
    } else if (!source.columns.empty() && row.fields.size() > 1) {
      // Declared as a table: read as one, so that the columns it lacks are named.
      const bool of_people = source.kind == Source::Kind::people;
      format = of_people ? Format::sightings_csv : Format::plain_csv;
    } else {
      format = Format::not_recognised;
    }
  });
  reader.take(bytes);
  reader.finish();
  return format.value_or(Format::not_recognised);
}

// What is in no format of positions, or is read by others: nothing is taken from it.
class PassedOver final : public Reader {
  void take(std::string_view) override {}
  void finish() override {}
};

}  // namespace

std::string_view to_string(Format format) {
  switch (format) {
    case Format::aircraft_json: return "aircraft.json";
    case Format::readsb_trace: return "readsb trace";
    case Format::json_lines: return "JSON lines";
    case Format::sbs1: return "SBS-1";
    case Format::opensky_states: return "OpenSky states";
    case Format::opensky_states_csv: return "OpenSky states CSV";
    case Format::opensky_tracks: return "OpenSky tracks";
    case Format::plain_csv: return "CSV";
    case Format::sightings_csv: return "sightings CSV";
    case Format::igc: return "IGC";
    case Format::not_recognised: return "not recognised";
  }
  return "?";
}

Format recognised(std::string_view first_bytes, const Source& source) {
  first_bytes = first_bytes.substr(0, longest_first_look);
  if (first_bytes.starts_with("\xEF\xBB\xBF")) first_bytes.remove_prefix(3);
  const std::string_view text = first_bytes.substr(
      std::min(first_bytes.find_first_not_of(" \t\r\n\x1E"), first_bytes.size()));
  if (text.empty()) return Format::not_recognised;
  if (text.front() == '{' || text.front() == '[') return JsonFormat(text).format();
  if (looks_like_sbs(text.substr(0, text.find('\n')))) return Format::sbs1;
  if (looks_like_igc(text)) return Format::igc;
  return csv_format(text, source);
}

std::unique_ptr<Reader> make_reader(Format format, std::uint32_t input, const Source& source,
                                    Sink& sink) {
  switch (format) {
    case Format::aircraft_json: return make_aircraft_json_reader(input, sink);
    case Format::readsb_trace: return make_readsb_trace_reader(input, source, sink);
    case Format::json_lines: return make_json_lines_reader(input, sink);
    case Format::sbs1: return make_sbs_reader(input, source, sink);
    case Format::opensky_states: return make_opensky_states_reader(input, sink);
    case Format::opensky_states_csv: return make_opensky_states_csv_reader(input, source, sink);
    case Format::opensky_tracks: return make_opensky_tracks_reader(input, sink);
    case Format::plain_csv: return make_plain_csv_reader(input, source, sink);
    case Format::igc: return make_igc_reader(input, source, sink);
    case Format::sightings_csv:
    case Format::not_recognised: break;
  }
  return std::make_unique<PassedOver>();
}

}  // namespace truce::observations
