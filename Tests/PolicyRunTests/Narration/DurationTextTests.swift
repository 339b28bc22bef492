import Testing

@testable import policy

@Suite struct DurationTextTests {
  @Test(arguments: [
    (Duration.zero, "0 us"), (.microseconds(250), "250 us"), (.milliseconds(180), "180 ms"), (.seconds(2), "2 s"),
    (.milliseconds(1_250), "1.2 s"), (.seconds(60), "1 min"), (.seconds(125), "2 min 5 s"), (.seconds(-1), "0 us"),
  ])
  func durationsAreShownWithTheUnitThatFits(duration: Duration, text: String) {
    #expect(DurationText.show(duration) == text)
  }
}
