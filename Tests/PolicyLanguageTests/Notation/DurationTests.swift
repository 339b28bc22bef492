import ResilienceCore
import Testing

@testable import PolicyLanguage

@Test(
  "Durations are numbers with units, the largest first",
  arguments: [
    ("250us", 250_000), ("150ms", 150_000_000), ("2s", 2_000_000_000), ("1m30s", 90_000_000_000),
    ("1.5s", 1_500_000_000), ("1h", 3_600_000_000_000), ("0.5ms", 500_000), ("1h2m3s4ms5us", 3_723_004_005_000),
    ("300s", 300_000_000_000), ("87600h", 315_360_000_000_000_000),
  ] as [(String, UInt64)])
func duration(_ text: String, _ nanoseconds: UInt64) throws {
  #expect(try DurationText.parse(text).nanoseconds == nanoseconds)
}

@Test(
  "Durations are shown in the shortest way, which reads as the same duration",
  arguments: [
    ("90s", "1m30s"), ("1500ms", "1.5s"), ("0.25ms", "250us"), ("60s", "1m"), ("3600s", "1h"), ("5400s", "1h30m"),
    ("90.5s", "1m30.5s"), ("100ms", "100ms"),
  ])
func shownDuration(_ text: String, _ shown: String) throws {
  let duration = try DurationText.parse(text)
  #expect(DurationText.show(duration) == shown)
  #expect(try DurationText.parse(shown) == duration)
}

@Test(
  "What is not a duration says its rule and, where there is one, its fix",
  arguments: [
    ("500", "RP204", nil), ("0.5", "RP204", nil), ("5 sec", "RP204", "5s"), ("1M", "RP204", "1m"),
    ("PT5S", "RP204", "5s"), ("PT1M30S", "RP204", "1m30s"), ("P2D", "RP204", "48h"), ("P1Y", "RP204", nil),
    ("5,5s", "RP204", "5.5s"), ("10 ms", "RP204", "10ms"), ("100 milliseconds", "RP204", "100ms"),
    ("250µs", "RP204", "250us"), ("2min", "RP204", "2m"), ("30s1m", "RP204", "1m30s"), ("1d", "RP204", "24h"),
    ("2 weeks", "RP204", "336h"), ("10MS", "RP204", "10ms"), ("٣s", "RP204", nil), ("1h30", "RP204", nil),
    ("soon", "RP204", nil), ("${TIMEOUT}", "RP204", nil), ("0.0001us", "RP204", nil), ("5x", "RP204", nil),
    ("1.2.3s", "RP204", nil), ("s", "RP204", nil), ("1e3", "RP204", nil), ("1e3s", "RP204", nil),
    ("0", "RP207", nil), ("0s", "RP207", nil), ("-1", "RP207", nil), ("off", "RP207", nil), ("none", "RP207", nil),
    ("-5s", "RP206", nil), ("100000h", "RP206", nil), ("999999h", "RP206", nil), ("9999999h", "RP206", nil),
    ("999999999h", "RP206", nil), ("99999999999h", "RP206", nil), ("00s", "RP207", nil),
    ("99999999999999999999999s", "RP204", nil),
    ("1:30", "RP212", "1m30s"), ("01:30:00", "RP212", "1h30m"), ("1_000ms", "RP212", "1000ms"),
    ("0x10", "RP212", "16"), ("010", "RP212", "10"), ("010s", "RP212", "10s"), (".inf", "RP212", nil),
    ("NaN", "RP212", nil),
  ] as [(String, String, String?)])
func notDuration(_ text: String, _ rule: String, _ fix: String?) {
  let advice = #expect(throws: Advice.self) { try DurationText.parse(text) }
  #expect(advice?.rule.code == rule, "\(advice?.message ?? "")")
  #expect(advice?.replacement == fix)
  #expect(advice?.message.contains(text) ?? false)
}
