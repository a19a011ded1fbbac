#include "observations/lines.h"

namespace truce::observations {

namespace {
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
}

LineCutter::LineCutter(std::function<void(const Line&)> on_line, std::size_t longest)
    : on_line_(std::move(on_line)), longest_(longest) {}

void LineCutter::take(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    const std::string_view part = bytes.substr(0, end);
    if (!skipping_ && held_.size() + part.size() > longest_) {
      held_ += part.substr(0, longest_ - held_.size());
      on_line_({number_, held_, true, true});
      held_.clear();
      skipping_ = true;
    }
    if (end == std::string_view::npos) {
      if (!skipping_) held_ += part;
      return;
    }
    if (skipping_) {
      skipping_ = false;
    } else if (held_.empty()) {
      line(part, true);
    } else {
      held_ += part;
      line(held_, true);
      held_.clear();
    }
    ++number_;
    bytes.remove_prefix(end + 1);
  }
}

void LineCutter::finish() {
  line(held_, false);
  held_.clear();
}

void LineCutter::line(std::string_view text, bool ended) {
  if (!begun_ && text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  begun_ = true;
  if (text.ends_with('\r')) text.remove_suffix(1);
  if (!text.empty()) on_line_({number_, text, ended, false});
}

}  // namespace truce::observations
