import ResilienceCore

/// Times work in rounds, each beside the bare work, so that what disturbs the machine disturbs both.
///
/// Work that stays on its thread is measured by the processor time of that: what other programs run meanwhile does not count.
struct Rounds: Sendable {
  let rounds: Int
  /// Calls in a round.
  let calls: Int

  /// Nanoseconds a call of the bare work, and of the work above that, in each round.
  struct Times: Sendable {
    var bare: [Double] = []
    var over: [Double] = []

    mutating func add(bare: Double, whole: Double) {
      self.bare.append(bare)
      over.append(whole - bare)
    }
  }

  func time(_ work: (Int) throws -> Void, against bare: (Int) throws -> Void) throws -> Times {
    var times = Times()
    try bare(calls / 10)
    try work(calls / 10)
    for _ in 0..<rounds {
      let bareTime = try perCall(bare)
      times.add(bare: bareTime, whole: try perCall(work))
    }
    return times
  }

  /// As ``time(_:against:)``, for work on two threads at once.
  func timeContended(
    _ work: @escaping @Sendable (Int) throws -> Void, against bare: @escaping @Sendable (Int) throws -> Void
  ) throws -> Times {
    var times = Times()
    _ = try TwoThreads.run(calls / 10, bare)
    _ = try TwoThreads.run(calls / 10, work)
    for _ in 0..<rounds {
      let bareTime = try TwoThreads.run(calls, bare) / Double(calls)
      times.add(bare: bareTime, whole: try TwoThreads.run(calls, work) / Double(calls))
    }
    return times
  }

  func time(
    _ work: (Int) async throws -> Void, against bare: (Int) async throws -> Void
  ) async throws -> Times {
    var times = Times()
    try await bare(calls / 10)
    try await work(calls / 10)
    for _ in 0..<rounds {
      let bareTime = try await asynchronousPerCall(bare)
      times.add(bare: bareTime, whole: try await asynchronousPerCall(work))
    }
    return times
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
