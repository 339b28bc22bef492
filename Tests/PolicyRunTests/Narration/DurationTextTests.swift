import Testing

@testable import policy

@Suite struct DurationTextTests {
  @Test func graceTakesWholeNumbersWithAUnit() {
    #expect(DurationText.parse("5s") == .seconds(5))
    #expect(DurationText.parse("250ms") == .milliseconds(250))
    #expect(DurationText.parse("1m") == .seconds(60))
    for text in ["", "5", "s", "-1s", "1.5s", "5 s", "1h", "٣s"] { #expect(DurationText.parse(text) == nil) }
  }
}
