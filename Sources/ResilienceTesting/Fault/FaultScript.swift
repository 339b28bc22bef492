public import ResilienceCore

/// What a dependency does, call after call, for tests of the code that calls it.
///
/// ```swift
/// let script = FaultScript(
///   .ok("Ada", after: .milliseconds(20)), .repeat(3, .fail(Unreachable())), .hang, .ok("Ada"))
/// let upstream = script.upstream(on: time)
/// let name = try await getUser.run { try await upstream.call() }
/// ```
/// The first call takes the first step, and so on; when all are taken the last one goes on for ever.
public struct FaultScript<Value: Sendable>: Sendable {
  /// A part of a script that lasts for some time.
  public struct Phase: Sendable {
    let lasting: Duration?
    let steps: [Step]

    /// Steps for so long, counted from the end of the phase before.
    public static func lasting(_ time: Duration, _ steps: Step...) -> Phase { Phase(lasting: time, steps: steps) }

    /// Steps from the end of the phase before on.
    public static func forever(_ steps: Step...) -> Phase { Phase(lasting: nil, steps: steps) }
  }

  let phases: [Phase]

  /// A script of steps, one a call.
  public init(_ steps: Step...) { phases = [Phase(lasting: nil, steps: steps)] }

  /// A script whose steps change as time passes; each phase begins with its first step, and the last one does not end.
  public init(phases: Phase...) { self.phases = phases }

  /// Something to call that does what this script says.
  ///
  /// - Parameters:
  ///   - time: The time that it takes, which begins now.
  ///   - seed: Decides what a ``Step/mix(_:)`` gives, and how long a step in a range takes.
  public func upstream(on time: VirtualTime, seed: UInt64 = 0) -> Upstream<Value> {
    Upstream(self, on: time, seed: seed)
  }

  /// The phase that goes on after so many nanoseconds.
  func phase(after elapsed: UInt64) -> Int {
    var end: UInt64 = 0
    for (index, phase) in phases.enumerated() {
      guard let lasting = phase.lasting else { return index }
      end = end.addingSaturated(lasting.nanoseconds)
      if elapsed < end { return index }
    }
    return max(phases.count - 1, 0)
  }
}
