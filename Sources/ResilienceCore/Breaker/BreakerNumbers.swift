/// The settings of a breaker in the form its machine calculates with: whole nanoseconds, everything in range.
///
/// Immutable and shared by every breaker that is made from the same definition. Numbers that make no sense are taken as the
/// nearest that do, so that no setting can trap; that a file asks for sensible ones is checked where files are read.
package final class BreakerNumbers: Hashable, Sendable {
  /// The largest window over calls.
  package static let windowLimit = 10_000

  /// What the breaker has to remember of past calls.
  package enum WindowPlan: Hashable, Sendable {
    /// Only the run of failures counts.
    case none
    case calls(Int)
    /// Ten buckets, each this many nanoseconds.
    case time(bucket: UInt64)
  }

  package let settings: CircuitBreakerSettings
  package let windowPlan: WindowPlan
  package let minimumCalls: Int
  package let failures: Int?
  package let failureRate: Ratio?
  /// Set only when there is a limit above which calls are slow.
  package let slowRate: Ratio?
  package let failuresInWindow: Int?
  /// Whether a rate of zero is a criterion, which quick successes reach as well.
  package let opensOnSuccesses: Bool
  /// Nanoseconds; set only when slow calls can open the breaker.
  package let slowerThan: UInt64?
  package let probes: Int
  package let successes: Int
  /// The shares that are let through in turn after the verdict of the probes.
  package let ramp: [Ratio]
  private let openTime: UInt64
  private let openTimeLimit: UInt64
  private let lease: UInt64?

  package init(_ settings: CircuitBreakerSettings) {
    self.settings = settings
    windowPlan = Self.plan(for: settings)
    minimumCalls = Self.minimumCalls(of: settings)
    failures = settings.failures.map(Self.countable)
    failureRate = settings.failureRate
    slowRate = settings.slowerThan == nil ? nil : settings.slowRate
    opensOnSuccesses = settings.failureRate == .zero || settings.slowRate == .zero
    failuresInWindow = settings.failuresInWindow.map(Self.countable)
    slowerThan = settings.slowRate == nil ? nil : settings.slowerThan?.nanoseconds
    probes = max(settings.halfOpen.probes, 1)
    successes = max(settings.halfOpen.successes, 1)
    ramp = settings.halfOpen.ramp
    openTime = settings.open.duration.nanoseconds
    openTimeLimit = settings.open.max?.nanoseconds ?? .max
    lease = settings.halfOpen.lease?.nanoseconds
  }

  /// How long the breaker stays open after `reopenings` failed attempts to close in a row.
  ///
  /// `draw` stands for a share of the jitter between none and all of it, so that the same opening can be measured anew when
  /// the settings change.
  package func openTime(reopenings: Int, draw: UInt32) -> UInt64 {
    let whole = openTime.grown(by: settings.open.factor, times: reopenings, atMost: openTimeLimit)
    return whole - whole.share(settings.open.jitter).scaled(by: UInt64(draw), over: UInt64(UInt32.max))
  }

  /// A draw for a new opening; chance is asked only when it matters.
  package func draw(_ chance: Chance) -> UInt32 {
    settings.open.jitter == .zero ? 0 : UInt32(truncatingIfNeeded: chance.next() >> 32)
  }

  /// How long a silent probe keeps its place, when the breaker was open for `served`.
  ///
  /// Never zero: a place that is lost in the moment it is taken would admit everybody.
  package func lease(served: UInt64) -> UInt64 { max(lease ?? served, 1) }

  /// With how few ended calls a breaker opens that has seen none before; `Int.max` where nothing opens it.
  package var fewestCallsToOpen: Int {
    let rate = failureRate == nil && slowRate == nil ? nil : minimumCalls
    return [failures, failuresInWindow, rate].compactMap { $0 }.min() ?? .max
  }

  /// Whether the breaker decides and does not act.
  package var isShadow: Bool { settings.mode == .shadow }

  package func isSlow(_ started: Instant, _ ended: Instant) -> Bool {
    guard let slowerThan else { return false }
    return started.nanoseconds(to: ended) > slowerThan
  }

  package static func == (left: BreakerNumbers, right: BreakerNumbers) -> Bool {
    left === right || left.settings == right.settings
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(settings) }

  /// As many as can be counted.
  private static func countable(_ threshold: Int) -> Int { min(max(threshold, 1), Int(UInt32.max)) }

  private static func plan(for settings: CircuitBreakerSettings) -> WindowPlan {
    let isUsed =
      settings.failureRate != nil || settings.failuresInWindow != nil
      || settings.slowRate != nil && settings.slowerThan != nil
    guard isUsed else { return .none }
    return switch settings.window {
    case .calls(let calls): .calls(min(max(calls, 1), windowLimit))
    case .time(let duration): .time(bucket: max(duration.nanoseconds / 10, 1))
    }
  }

  private static func minimumCalls(of settings: CircuitBreakerSettings) -> Int {
    if let minimum = settings.minimumCalls { return max(minimum, 1) }
    return if case .calls(let calls) = settings.window { min(max(calls, 1), 20) } else { 20 }
  }
}
