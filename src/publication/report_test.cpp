#include "publication/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <string>
#include <vector>

#include "base/text.h"
#include "publication/sample_test_case.h"

namespace truce::publication {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct Sample {
  terms::Agreement agreement = sample::agreement();
  observations::Observations observations = sample::observed();
  findings::Findings findings = sample::findings();
  Edition edition = edition_of(agreement, "0.1.0");
  std::string report() const { return report_html({agreement, observations, findings, edition}); }
};

struct Page {
  std::vector<std::string> problems;
  std::set<std::string> ids, links, tags;
};

// Reads the page as XML-like text: every element closed in its order, every attribute quoted, no
// id twice.
Page read(const std::string& html) {
  Page page;
  std::vector<std::string> open;
  static const std::regex attribute(R"re(\s+([a-zA-Z][-a-zA-Z0-9]*)="([^"<]*)")re");
  for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at)) {
    const std::size_t end = html.find('>', at);
    if (end == std::string::npos) {
      page.problems.push_back("a tag is not ended");
      break;
    }
    std::string tag = html.substr(at + 1, end - at - 1);
    at = end;
    if (tag.starts_with("!DOCTYPE")) continue;
    if (tag.starts_with("/")) {
      if (open.empty() || open.back() != tag.substr(1)) {
        page.problems.push_back("</" + tag.substr(1) + "> closes " +
                                (open.empty() ? "nothing" : open.back()));
        break;
      }
      open.pop_back();
      continue;
    }
    const bool closed = tag.ends_with("/");
    if (closed) tag.pop_back();
    const std::string name = tag.substr(0, tag.find_first_of(" \n"));
    page.tags.insert(name);
    std::string rest = tag.substr(name.size());
    for (std::sregex_iterator it(rest.begin(), rest.end(), attribute), none; it != none; ++it) {
      if ((*it)[1] == "id" && !page.ids.insert((*it)[2]).second)
        page.problems.push_back("id twice: " + (*it)[2].str());
      if ((*it)[1] == "href") page.links.insert((*it)[2]);
      if ((*it)[1].str().starts_with("on") || (*it)[1] == "src")
        page.problems.push_back("attribute " + (*it)[1].str());
    }
    const std::string left = std::regex_replace(rest, attribute, "");
    if (!base::trimmed(left).empty()) page.problems.push_back("<" + tag + "> has " + left);
    if (!closed) open.push_back(name);
    if (name == "style") at = html.find("</style>", at);
  }
  if (!open.empty()) page.problems.push_back("never closed: " + open.back());
  return page;
}

TEST(Report, IsWellFormed) {
  const Page page = read(Sample().report());
  EXPECT_THAT(page.problems, ::testing::IsEmpty());
}

TEST(Report, LoadsAndRunsNothing) {
  const std::string html = Sample().report();
  const Page page = read(html);
  for (const char* tag : {"script", "link", "img", "iframe", "object", "embed", "image", "use",
                          "foreignObject", "form", "base"})
    EXPECT_FALSE(page.tags.contains(tag)) << tag;
  for (const char* text : {"http:", "https:", "@import", "javascript:", "data:", "//cdn"})
    EXPECT_THAT(html, Not(HasSubstr(text)));
  static const std::regex urls(R"(url\(([^)]*)\))");
  for (std::sregex_iterator it(html.begin(), html.end(), urls), none; it != none; ++it)
    EXPECT_TRUE((*it)[1].str().starts_with("#")) << (*it)[1];
  EXPECT_THAT(html, HasSubstr("default-src 'none'"));
}

TEST(Report, EveryLinkLeadsSomewhereOnThePage) {
  const Page page = read(Sample().report());
  EXPECT_GT(page.links.size(), 20u);
  for (const std::string& link : page.links) {
    ASSERT_TRUE(link.starts_with("#")) << link;
    EXPECT_TRUE(page.ids.contains(link.substr(1))) << link;
  }
}

TEST(Report, SaysForWhomItIsAndThatPeopleDetermine) {
  const std::string html = Sample().report();
  EXPECT_THAT(html, HasSubstr("operations \xE2\x80\x94 not for release"));
  EXPECT_THAT(html, HasSubstr("Findings are the reasoned result of software. People determine."));
  EXPECT_THAT(html, HasSubstr("lang=\"en\""));
  const std::size_t statement = html.find("People determine."), first = html.find("<article");
  EXPECT_LT(statement, first);
}

TEST(Report, EscapesAndCutsWhatInputsSay) {
  const std::string html = Sample().report();
  EXPECT_THAT(html, HasSubstr("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"));
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_THAT(html, Not(HasSubstr(std::string(2'100, 'A'))));
  EXPECT_THAT(html, Not(HasSubstr("\xE2\x80\xAE")));
}

// Every place in the models that can hold a text from outside holds a hostile one.
TEST(Report, StaysWellFormedWhateverTextsSay) {
  const std::string hostile = "\"'><script>x</script><img src=x onerror=y>&#x202e;\xFF]]>-->{}";
  Sample sample;
  sample.agreement.id = hostile;
  sample.agreement.title["en"] = hostile;
  for (auto& party : sample.agreement.parties) party.name["en"] = hostile;
  for (auto& grade : sample.agreement.grades) grade.text = hostile;
  for (auto& area : sample.agreement.areas) {
    area.name["en"] = hostile;
    area.floor.text = area.ceiling.text = hostile;
  }
  for (auto& clause : sample.agreement.undecided) clause = {hostile, hostile, hostile};
  for (auto& input : sample.observations.inputs) {
    input.name = input.format = input.source = hostile;
    input.rejected = {{hostile, 3}};
  }
  for (auto& source : sample.observations.sources.declared) {
    source.title = source.origin = hostile;
    source.tied_to = source.accepted_by = {hostile};
    source.reliability = '<';
  }
  for (auto& restriction : sample.observations.restrictions) {
    restriction.text = restriction.by = hostile;
    restriction.sources = {hostile};
  }
  for (auto& notice : sample.observations.ledger.notices) notice.id = notice.purpose = hostile;
  sample.findings.errata = {hostile};
  for (auto& line : sample.findings.coverage) line.rule = hostile;
  for (auto& figure : sample.findings.figures) figure.party = figure.area = hostile;
  for (auto& finding : sample.findings.findings) {
    finding.rule = finding.clause = finding.grade = finding.address = finding.call_sign = hostile;
    finding.registration = finding.type = finding.party = finding.affiliation_basis = hostile;
    finding.kind = finding.sentence = finding.paragraph = hostile;
    finding.altitude.reference = hostile;
    finding.sources = finding.origins = finding.unknowns = finding.supersedes = {hostile};
    finding.areas.push_back(hostile);
    finding.exceptions = {{hostile, hostile, hostile, base::Answer::no, hostile, hostile}};
    for (auto& part : finding.reasons.parts) part.clause = part.question = part.because = hostile;
  }
  sample.edition = edition_of(sample.agreement, hostile);
  sample.edition.audience = hostile;
  const std::string html = sample.report();
  const Page page = read(html);
  EXPECT_THAT(page.problems, ::testing::IsEmpty());
  for (const char* tag : {"script", "img"}) EXPECT_FALSE(page.tags.contains(tag)) << tag;
}

TEST(Report, TellsTheFindingsWithReasonsEvidenceAndQuestions) {
  const std::string html = Sample().report();
  for (const char* text :
       {"Questions that would decide it", "What was the pressure at sea level near Aleppo",
        "Misuse: call sign SHAM14 on another airframe", "Was the aircraft inside the area?",
        "4396bb420998", "ceiling FL245", "no observation of aircraft can decide it", "not observed",
        "118 rows were rejected"})
    EXPECT_THAT(html, HasSubstr(text));
}

TEST(Report, TheGravestComeFirst) {
  const std::string html = Sample().report();
  const std::size_t articles = html.find("<article");
  const std::size_t violation = html.find("badge violation", articles);
  const std::size_t possible = html.find("badge possible", articles);
  const std::size_t excepted = html.find("badge excepted", articles);
  EXPECT_LT(violation, possible);
  EXPECT_LT(possible, excepted);
  EXPECT_NE(excepted, std::string::npos);
}

TEST(Report, SetsOutNoMoreThanFiveHundredInFull) {
  Sample sample;
  const auto one = sample.findings.findings[0];
  sample.findings.findings.clear();
  for (int i = 0; i < 503; ++i) {
    sample.findings.findings.push_back(one);
    sample.findings.findings.back().id = base::sha256(std::to_string(i)).hex().substr(0, 16);
  }
  const std::string html = sample.report();
  std::size_t articles = 0;
  for (std::size_t at = html.find("<article"); at != std::string::npos;
       at = html.find("<article", at + 1))
    ++articles;
  EXPECT_EQ(articles, 500u);
  EXPECT_THAT(html, HasSubstr(sample.findings.findings[502].id));
  EXPECT_THAT(html, HasSubstr("The first 500 are set out in full"));
  EXPECT_THAT(read(html).problems, ::testing::IsEmpty());
}

TEST(Report, NothingFoundIsNotNothingHappened) {
  Sample sample;
  sample.findings.findings.clear();
  sample.findings.figures.clear();
  sample.findings.coverage.resize(3);
  for (auto& line : sample.findings.coverage) {
    line.verdict = findings::Verdict::not_observed;
    line.findings = 0;
  }
  const std::string html = sample.report();
  EXPECT_THAT(html, HasSubstr("does not say that nothing happened"));
  EXPECT_THAT(html, HasSubstr("Nothing was found that breaks a rule"));
  EXPECT_THAT(read(html).problems, ::testing::IsEmpty());
}

TEST(Report, AnEmptyAssessmentIsStillAPage) {
  const terms::Agreement agreement;
  const observations::Observations observations;
  const findings::Findings findings;
  const Edition edition = edition_of(agreement, "0.1.0");
  const std::string html = report_html({agreement, observations, findings, edition});
  EXPECT_THAT(read(html).problems, ::testing::IsEmpty());
  EXPECT_THAT(html, HasSubstr("not for release"));
}

TEST(Report, AnAreaAcrossTheAntimeridianIsDrawnOnce) {
  Sample sample;
  sample.agreement.areas.resize(1);
  sample.agreement.areas[0].outline.polygons[0] = {{{1'700'000'000, 0},
                                                    {1'900'000'000, 0},
                                                    {1'900'000'000, 100'000'000},
                                                    {1'700'000'000, 100'000'000}},
                                                   {}};
  sample.findings.findings.resize(1);
  for (auto& fix : sample.findings.findings[0].trace) fix.point = sample::place(5, -175);
  const std::string html = sample.report();
  EXPECT_THAT(html, HasSubstr("180\xC2\xB0 W"));
  EXPECT_THAT(read(html).problems, ::testing::IsEmpty());
}

TEST(Report, IsTheSameEveryTime) {
  EXPECT_EQ(Sample().report(), Sample().report());
}

// Where very many areas overlap, the map of a finding shows those that it touches, and says so.
TEST(Report, LeavesOutAreasThatWouldHideAFinding) {
  Sample few;
  EXPECT_THAT(few.report(), Not(HasSubstr("other areas here are not drawn")));
  Sample many;
  const terms::Area first = many.agreement.areas.front();
  for (int i = 0; i < 300; ++i) {
    terms::Area copy = first;
    copy.id = "copy-" + std::to_string(i);
    many.agreement.areas.push_back(copy);
  }
  const std::string report = many.report();
  EXPECT_THAT(report, HasSubstr("other areas here are not drawn"));
  // All of them stand in the overview, none of the copies in the map of a finding.
  EXPECT_LT(report.size(), few.report().size() + 300 * 4'000);
}

}  // namespace
}  // namespace truce::publication
