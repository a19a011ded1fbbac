// Any bytes as TOML: they are read whole or refused with a problem that has a place.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "base/toml.h"

namespace {

// Asks every key for everything that it could be, down to the innermost table.
void ask(truce::base::TomlTable& table, int depth) {
  for (const auto& key : table.keys()) {
    table.text(key);
    table.decimal(key);
    table.time(key);
    table.times(key);
    table.texts(key);
    if (depth > 250) continue;
    if (table.is_table(key))
      for (auto& [name, child] : table.children(key)) ask(child, depth + 1);
    if (table.is_array(key))
      for (auto& child : table.tables(key)) ask(child, depth + 1);
  }
  table.report_unknown_keys();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  truce::base::Problems problems;
  auto root = truce::base::TomlTable::parse(text, "fuzz.toml", problems);
  CHECK(root.has_value() || problems.size() == 1);
  if (root) ask(*root, 0);
  for (const auto& problem : problems) CHECK(problem.where.starts_with("fuzz.toml:"));
  return 0;
}
