internal import ResilienceCore

/// How long calls took: exact quantiles of as many calls as run.
///
/// Equal durations in a row are one entry. Above a limit of entries equal ones are put together, wherever they stand, and should
/// that not help, durations are rounded up to ever fewer binary digits, never less than the twelve that keep a quantile exact
/// to 0.1 %. Adding is O(1) amortised; a quantile is O(n log n) once.
struct DurationTally: Sendable {
  private struct Run {
    var duration: UInt64
    var count: UInt64
  }

  private static let fewestDigits = 12
  private let limit: Int
  private var runs: ContiguousArray<Run> = []
  private var last = Run(duration: 0, count: 0)
  /// How many of the first binary digits of a duration count.
  private var digits = 64
  /// How many runs may be there before equal ones are put together.
  private var nextCompaction: Int
  private(set) var count: UInt64 = 0

  init(limit: Int = 1 << 22) {
    self.limit = limit
    nextCompaction = limit
  }

  mutating func add(_ duration: UInt64) {
    count += 1
    if duration == last.duration {
      last.count += 1
      return
    }
    if last.count > 0 { keepLast() }
    last = Run(duration: duration, count: 1)
  }

  /// The shortest durations by which these shares of the calls, in thousandths, have ended; none without calls.
  mutating func quantiles(_ thousandths: [UInt64]) -> [UInt64] {
    guard count > 0 else { return [] }
    if last.count > 0 { keepLast() }
    last = Run(duration: 0, count: 0)
    sortAndMerge()
    return thousandths.map { share in
      let rank = max((UInt128(count) * UInt128(share) + 999) / 1_000, 1)
      var seen: UInt128 = 0
      for run in runs {
        seen += UInt128(run.count)
        if seen >= rank { return run.duration }
      }
      return runs.last?.duration ?? 0
    }
  }

  private mutating func keepLast() {
    runs.append(Run(duration: rounded(last.duration), count: last.count))
    if runs.count >= nextCompaction { compact() }
  }

  private mutating func compact() {
    sortAndMerge()
    while runs.count > limit / 2, digits > Self.fewestDigits {
      digits = digits == 64 ? 2 * Self.fewestDigits : digits - 1
      for index in runs.indices { runs[index].duration = rounded(runs[index].duration) }
      merge()
    }
    nextCompaction = max(limit, runs.count * 2)
  }

  private mutating func sortAndMerge() {
    runs.sort { $0.duration < $1.duration }
    merge()
  }

  /// Puts equal neighbours together.
  private mutating func merge() {
    guard var current = runs.first else { return }
    var kept = 0
    for run in runs.dropFirst() {
      if run.duration == current.duration {
        current.count += run.count
      } else {
        runs[kept] = current
        kept += 1
        current = run
      }
    }
    runs[kept] = current
    runs.removeLast(runs.count - kept - 1)
  }

  private func rounded(_ duration: UInt64) -> UInt64 {
    let length = 64 - duration.leadingZeroBitCount
    guard length > digits else { return duration }
    let unit: UInt64 = 1 << UInt64(length - digits)
    return duration % unit == 0 ? duration : (duration / unit * unit).addingSaturated(unit)
  }
}
