import ResilienceCore
import Testing

@testable import Resilience

@Suite struct EventLogLineTests {
  @Test func everyNameHasASampleOfThatName() {
    for name in EventName.allCases {
      let samples = EventSamples.of(name)
      #expect(!samples.isEmpty)
      #expect(samples.allSatisfy { $0.kind.name == name })
    }
  }

  @Test func everyFieldIsDescribedAndUsed() {
    let layers = EventSamples.all.map(\.layer).filter { $0 != .operation }.map(\.fieldName)
    let used = Set(EventSamples.all.flatMap(\.fields).map(\.name)).subtracting(layers)
    #expect(used == Set(EventFieldName.allCases.map(\.rawValue)))
  }

  @Test func noLineHasAFieldTwice() {
    for event in EventSamples.all {
      let names = LogEntry(event: event, wall: .now, repeated: 2).fields.map(\.name)
      #expect(Set(names).count == names.count, "\(event)")
    }
  }

  @Test func aLineOfRepetitionsSaysHowMany() {
    let entry = LogEntry(event: EventSamples.of(.rejected)[0], wall: .now, repeated: 9_999)
    #expect(EventLog.Format.logfmt.line(entry.fields).hasSuffix(" repeated=9999\n"))
    #expect(EventLog.Format.json.line(entry.fields).hasSuffix(",\"repeated\":9999}\n"))
  }

  @Test(arguments: [
    (0, 0, "1970-01-01T00:00:00.000Z"), (951_782_400, 1_000_000, "2000-02-29T00:00:00.001Z"),
    (1_772_357_405, 999_999_999, "2026-03-01T09:30:05.999Z"), (253_402_300_799, 0, "9999-12-31T23:59:59.000Z"),
    (-1, 0, "1970-01-01T00:00:00.000Z"), (Int.max, 0, "1970-01-01T00:00:00.000Z"),
  ])
  func timesAreRFC3339InUTC(seconds: Int, nanoseconds: Int, text: String) {
    #expect(WallTime(seconds: seconds, nanoseconds: nanoseconds).text == text)
  }

  @Test(arguments: [
    (Duration.zero, "0"), (.milliseconds(200), "200"), (.microseconds(2_500), "2.5"), (.microseconds(50), "0.05"),
    (.nanoseconds(999), "0"), (.seconds(-1), "0"), (.microseconds(1_001), "1.001"),
    (Duration(nanoseconds: .max), "18446744073709.551"),
  ])
  func durationsAreMillisecondsToTheMicrosecond(duration: Duration, text: String) {
    #expect(EventLog.Format.logfmt.line([EventField(name: "a", .duration(duration))]) == "a=\(text)\n")
  }

  @Test(arguments: [(Ratio.percent(50), "0.5"), (.zero, "0"), (.one, "1"), (Ratio(partsPerMillion: 1), "0.000001")])
  func sharesAreDecimals(share: Ratio, text: String) {
    #expect(EventLog.Format.json.line([EventField(name: "a", .share(share))]) == "{\"a\":\(text)}\n")
  }
}
