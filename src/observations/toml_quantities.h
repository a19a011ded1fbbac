// Quantities out of TOML tables: each reads one key, and complains at its place with what was
// expected if it holds something else. Nothing is returned for an absent key, or after a complaint.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/toml.h"
#include "quantities/altitude.h"
#include "quantities/angle.h"
#include "quantities/time.h"

namespace truce::observations {

/// "100 m", "2.5 NM": not negative.
std::optional<quantities::Length> length_in(base::TomlTable& table, std::string_view key);
/// "30 s", "5 min": not negative.
std::optional<quantities::Duration> duration_in(base::TomlTable& table, std::string_view key);
/// "33.5 N 36.3 E" or "33.5, 36.3" (latitude first).
std::optional<quantities::Point> point_in(base::TomlTable& table, std::string_view key);
/// 2016-02-27T10:00:00Z, bare or in quotes. A time without an offset is refused: the files of a
/// case come from several zones.
std::optional<quantities::Instant> instant_in(base::TomlTable& table, std::string_view key);
/// 2016-02-27, bare or in quotes.
std::optional<quantities::Date> date_in(base::TomlTable& table, std::string_view key);
/// Seconds east of UTC out of "UTC", "Z", "+03:00" or "-0330"; nothing for anything else, names of
/// zones among them: what they mean depends on the world's tables.
std::optional<std::int32_t> seconds_east_from(std::string_view text);

/// The line of a place "file:12:7"; 0 if there is none.
std::uint32_t line_of(std::string_view where);

/// Texts under one key or under its plural: `address = "778123"`, `addresses = ["778123", ...]`.
/// Both together are added up.
std::vector<std::string> texts_in(base::TomlTable& table, std::string_view key,
                                  std::string_view plural);

/// Whether a text is a word out of a list; if not, complains with the near one or with all of them:
/// "kind: expected receiver, feed, people or other, found 'recieve'".
bool expect_word(base::TomlTable& table, std::string_view key, const std::string& found,
                 const std::vector<std::string>& words);
/// The message of such a complaint, for readers of other formats.
std::string unexpected_word(std::string_view key, std::string_view found,
                            const std::vector<std::string>& words);

}  // namespace truce::observations
