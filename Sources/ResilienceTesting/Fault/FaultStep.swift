import ResilienceCore

extension FaultScript {
  /// What happens to a call.
  public struct Step: Sendable {
    indirect enum Content: Sendable {
      case answer(Answer)
      case hang
      case `repeat`(Int, [Step])
      case mix([(share: Ratio, step: Step)])
    }

    struct Answer: Sendable {
      let result: Result<Value, any Error>
      /// Nanoseconds.
      let delay: ClosedRange<UInt64>
      let heedsCancellation: Bool
    }

    let content: Content
  }
}

// MARK: - Writing a script

extension FaultScript.Step {
  /// Answers with a value, after a time.
  ///
  /// - Parameter heedsCancellation: Whether the call ends early when it is cancelled, as most clients' calls do.
  public static func ok(_ value: Value, after delay: Duration = .zero, heedsCancellation: Bool = true) -> Self {
    ok(value, after: delay...delay, heedsCancellation: heedsCancellation)
  }

  /// Answers with a value, after a time that is drawn from a range.
  public static func ok(_ value: Value, after delay: ClosedRange<Duration>, heedsCancellation: Bool = true) -> Self {
    answer(.success(value), delay, heedsCancellation)
  }

  /// Throws, after a time.
  public static func fail(_ error: any Error, after delay: Duration = .zero, heedsCancellation: Bool = true) -> Self {
    fail(error, after: delay...delay, heedsCancellation: heedsCancellation)
  }

  /// Throws, after a time that is drawn from a range.
  public static func fail(
    _ error: any Error, after delay: ClosedRange<Duration>, heedsCancellation: Bool = true
  ) -> Self {
    answer(.failure(error), delay, heedsCancellation)
  }

  /// Never answers; cancellation ends it.
  public static var hang: Self { Self(content: .hang) }

  /// All of the steps, so many times over.
  public static func `repeat`(_ times: Int, _ steps: FaultScript.Step...) -> Self {
    Self(content: .repeat(times, steps))
  }

  /// One of the steps, drawn for this call: `.mix((95, .ok("Ada")), (5, .hang))`. Percentages that do not add up to a hundred
  /// are taken as shares of their sum. A repetition in a mix is taken as its first step.
  public static func mix(_ steps: (percent: Double, step: FaultScript.Step)...) -> Self {
    Self(content: .mix(steps.map { (.percent($0.percent), $0.step) }))
  }

  private static func answer(
    _ result: Result<Value, any Error>, _ delay: ClosedRange<Duration>, _ heedsCancellation: Bool
  ) -> Self {
    let range = delay.lowerBound.nanoseconds...delay.upperBound.nanoseconds
    return Self(content: .answer(.init(result: result, delay: range, heedsCancellation: heedsCancellation)))
  }
}

extension FaultScript.Step where Value == Void {
  /// Returns, after a time.
  public static func ok(after delay: Duration = .zero, heedsCancellation: Bool = true) -> Self {
    ok((), after: delay, heedsCancellation: heedsCancellation)
  }

  /// Returns, after a time that is drawn from a range.
  public static func ok(after delay: ClosedRange<Duration>, heedsCancellation: Bool = true) -> Self {
    ok((), after: delay, heedsCancellation: heedsCancellation)
  }
}

// MARK: - Playing it

extension FaultScript.Step {
  /// What happens to the call of a number, counted from 0; the last step goes on for ever. A draw decides between the steps of a
  /// mix. O(steps).
  static func happening(in steps: [Self], toCall call: UInt64, chance: Chance) -> Self {
    var rest = call
    for step in steps {
      let length = step.length
      if rest < length { return step.happening(toCall: rest, chance: chance) }
      rest -= length
    }
    guard let last = steps.last else { return .hang }
    return last.happening(toCall: last.length.subtractingSaturated(1), chance: chance)
  }

  /// How many calls it is for.
  private var length: UInt64 {
    guard case .repeat(let times, let steps) = content else { return 1 }
    return UInt64(clamping: times).multipliedSaturated(by: Self.length(of: steps))
  }

  private static func length(of steps: [Self]) -> UInt64 { steps.reduce(0) { $0.addingSaturated($1.length) } }

  private func happening(toCall call: UInt64, chance: Chance) -> Self {
    switch content {
    case .answer, .hang: self
    case .repeat(_, let steps):
      Self.happening(in: steps, toCall: call % max(Self.length(of: steps), 1), chance: chance)
    case .mix(let shares):
      Self.pick(from: shares, chance: chance)?.happening(toCall: 0, chance: chance) ?? .hang
    }
  }

  private static func pick(from shares: [(share: Ratio, step: Self)], chance: Chance) -> Self? {
    let whole = shares.reduce(UInt64(0)) { $0 + UInt64($1.share.partsPerMillion) }
    guard whole > 0 else { return nil }
    var draw = chance.draw(1...whole)
    for (share, step) in shares {
      let part = UInt64(share.partsPerMillion)
      if draw <= part { return step }
      draw -= part
    }
    return nil
  }
}
