import ResilienceCore

/// Times work in rounds, each between two of the bare work, which tell whether anything disturbed the machine meanwhile.
///
/// Work that stays on its thread is measured by the processor time of that: what other programs run meanwhile does not count.
struct Rounds: Sendable {
  /// How many undisturbed ones are wanted.
  let rounds: Int
  /// Calls in a round.
  let calls: Int
  /// Of the bare work.
  let pace: Pace

  /// Nanoseconds a call of the bare work, and of the work above that, in each round.
  struct Times: Sendable {
    private var rounds: UndisturbedRounds

    fileprivate init(_ rounds: Rounds) { self.rounds = UndisturbedRounds(rounds.rounds, rounds.pace) }

    fileprivate var wantsMore: Bool { rounds.wantsMore }

    fileprivate mutating func add(before: Double, whole: Double, after: Double) {
      rounds.add(whole - (before + after) / 2, bare: max(before, after))
    }

    var bare: [Double] { rounds.bare }
    var over: [Double] { rounds.values }
  }

  func time(_ work: (Int) throws -> Void, against bare: (Int) throws -> Void) throws -> Times {
    var times = Times(self)
    try bare(calls / 10)
    try work(calls / 10)
    while times.wantsMore {
      times.add(before: try perCall(bare), whole: try perCall(work), after: try perCall(bare))
    }
    return times
  }

  /// As ``time(_:against:)``, for work on two threads at once.
  func timeContended(
    _ work: @escaping @Sendable (Int) throws -> Void, against bare: @escaping @Sendable (Int) throws -> Void
  ) throws -> Times {
    var times = Times(self)
    _ = try TwoThreads.run(calls / 10, bare)
    _ = try TwoThreads.run(calls / 10, work)
    while times.wantsMore {
      times.add(
        before: try contendedPerCall(bare), whole: try contendedPerCall(work), after: try contendedPerCall(bare))
    }
    return times
  }

  func time(
    _ work: (Int) async throws -> Void, against bare: (Int) async throws -> Void
  ) async throws -> Times {
    var times = Times(self)
    try await bare(calls / 10)
    try await work(calls / 10)
    while times.wantsMore {
      times.add(
        before: try await asynchronousPerCall(bare), whole: try await asynchronousPerCall(work),
        after: try await asynchronousPerCall(bare))
    }
    return times
  }

  private func contendedPerCall(_ work: @escaping @Sendable (Int) throws -> Void) throws -> Double {
    try TwoThreads.run(calls, work) / Double(calls)
  }

  private func perCall(_ work: (Int) throws -> Void) throws -> Double {
    try processorTime { try work(calls) } * 1e9 / Double(calls)
  }

  private func asynchronousPerCall(_ work: (Int) async throws -> Void) async throws -> Double {
    let start = TimeSource.system.now
    try await work(calls)
    return Double(start.nanoseconds(to: TimeSource.system.now)) / Double(calls)
  }
}

extension [Double] {
  /// The middle value; of an even number of values the higher of the two.
  var median: Double { isEmpty ? 0 : sorted()[count / 2] }
}
