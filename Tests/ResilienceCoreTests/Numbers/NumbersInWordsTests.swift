import ResilienceCore
import Testing

@Suite struct NumbersInWordsTests {
  @Test(arguments: [
    (Duration.zero, "0 us"), (.microseconds(250), "250 us"), (.milliseconds(180), "180 ms"), (.seconds(2), "2 s"),
    (.milliseconds(1_250), "1.2 s"), (.seconds(60), "1 min"), (.seconds(125), "2 min 5 s"), (.seconds(-1), "0 us"),
  ])
  func durationsAreShownWithTheUnitThatFits(duration: Duration, text: String) {
    #expect(duration.inWords == text)
  }

  @Test(arguments: [
    (Ratio.percent(50), "50%"), (.percent(12.5), "12.5%"), (.percent(33.33), "33.33%"), (.zero, "0%"), (.one, "100%"),
  ])
  func sharesAreShownInPercent(share: Ratio, text: String) {
    #expect(share.inWords == text)
  }
}
