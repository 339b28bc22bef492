/// How many events there were in the last window: exact as long as they are few, nearly so when they are many.
///
/// Events are kept as runs with their first and last instant. While there is room, each instant has a run of its own and the count is
/// exact. Beyond that, events closer together than a 256th of the window share a run, and the caller says on which side the count may
/// be wrong at the window's edge. Memory is bounded by 512 runs. Adding and counting are O(1) amortised.
struct SlidingCount: Hashable, Sendable {
  /// Whether a run that is partly out of the window is counted.
  enum Edge: Hashable { case always, never }

  private struct Run: Hashable {
    var first: Instant
    var last: Instant
    var count: UInt64
  }

  private static let exactRuns = 256

  private let edge: Edge
  private var runs: ContiguousArray<Run> = []
  /// Where the oldest run stands; those before it are forgotten.
  private var head = 0
  private var total: UInt64 = 0

  init(_ edge: Edge) { self.edge = edge }

  /// Counts one event. One that is older than the newest is taken to be as old as that.
  mutating func add(at instant: Instant, window: UInt64) {
    let now = max(instant, runs.last?.last ?? instant)
    forget(before: now, window: window)
    total += 1
    guard let last = runs.indices.last, last >= head, joins(runs[last], now, window) else {
      runs.append(Run(first: now, last: now, count: 1))
      return
    }
    runs[last].last = now
    runs[last].count += 1
  }

  /// The events of the last `window` nanoseconds: those younger than that.
  mutating func count(at now: Instant, window: UInt64) -> UInt64 {
    forget(before: now, window: window)
    return total
  }

  private func joins(_ run: Run, _ now: Instant, _ window: UInt64) -> Bool {
    if run.last == now, run.first == now { return true }
    guard runs.count - head >= Self.exactRuns else { return false }
    return run.first.nanoseconds(to: now) < window / UInt64(Self.exactRuns)
  }

  private mutating func forget(before now: Instant, window: UInt64) {
    while head < runs.count, age(of: runs[head], now) >= window {
      total -= runs[head].count
      head += 1
    }
    guard head > Self.exactRuns else { return }
    runs.removeFirst(head)
    head = 0
  }

  private func age(of run: Run, _ now: Instant) -> UInt64 {
    (edge == .always ? run.last : run.first).nanoseconds(to: now)
  }
}
