internal import ResilienceCore

/// Round numbers along an axis from zero on.
struct AxisTicks {
  /// 1, 2 or 5 times a power of ten; of times up to an hour 1, 2, 5, 10, 15, 30 of a unit.
  let step: UInt64
  let end: UInt64

  var values: [UInt64] {
    var values: [UInt64] = []
    var value: UInt64 = 0
    while value <= end {
      values.append(value)
      let (next, overflow) = value.addingReportingOverflow(step)
      guard !overflow else { break }
      value = next
    }
    return values
  }

  private init(step: UInt64, end: UInt64) {
    self.step = step
    self.end = end
  }

  /// At most so many steps up to `end`.
  init(to end: UInt64, atMost count: UInt64) {
    var power: UInt64 = 1
    while end / power > count * 5, power < .max / 10 { power *= 10 }
    let step = [1, 2, 5, 10].lazy.map { power * $0 }.first { (end + $0 - 1) / $0 <= count } ?? power * 10
    self.init(step: max(step, 1), end: end)
  }

  /// At most so many steps of a time in nanoseconds.
  init(time end: UInt64, atMost count: UInt64) {
    let second: UInt64 = 1_000_000_000
    let steps = [60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200, 86_400].map { $0 * second }
    let seconds = [10, 15, 30].map { $0 * second }
    if end > 60 * second, let step = (seconds + steps).first(where: { end / $0 <= count }) {
      self.init(step: step, end: end)
    } else {
      self.init(to: end, atMost: count)
    }
  }
}
