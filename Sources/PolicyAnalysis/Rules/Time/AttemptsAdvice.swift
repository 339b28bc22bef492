import PolicyLanguage
import PolicySimulation
import ResilienceCore

extension RetryUses {
  /// What to do about attempts that cannot start, and the edit that does it where one is safe.
  func advice(on use: RetryUse, at attempts: Location) -> (help: String, fix: Fix?) {
    let last = use.starts.count == use.declared ? use.starts.last : nil
    let raise = last.map { ", or raise the deadline above \(TimeText.inWords($0))" } ?? ""
    let others = sharing(attempts)
    guard !others.isEmpty else {
      return ("give this pipeline a retry of its own with `attempts: \(use.started)`\(raise)", nil)
    }
    let most = others.map(\.started).max() ?? use.started
    guard most == use.started else { return (elsewhere(others, use, most) + raise, nil) }
    let different = Dictionary(others.map { ($0.timing, $0) }, uniquingKeysWith: { first, _ in first }).values
    guard different.allSatisfy({ AttemptsComparison(of: $0, with: most).isEqual }) else {
      return ("write `attempts: \(most)`\(raise)", nil)
    }
    let fix = Fix(.safe, [Fix.Edit(attempts, "\(most)")])
    return (
      "`attempts: \(most)` is the same in every simulated trace but for the reason that is told for stopping, "
        + "`attempts` instead of `deadline` (safe fix)\(raise)", fix
    )
  }
}

/// What to do when the number is right in another place.
private func elsewhere(_ others: [RetryUse], _ use: RetryUse, _ most: Int) -> String {
  if others.contains(where: { $0.operation.name == use.operation.name && $0.started > use.started }) {
    return "in another environment \(most) attempts do start: override `attempts: \(use.started)` in this one"
  }
  let example = use.layer.shared ? ", such as `{extends: \(use.retry.name), attempts: \(use.started)}`" : ""
  return "other operations do get to \(most) attempts: give this pipeline a retry of its own\(example)"
}

/// Compares what callers and callees see of a retry with two numbers of attempts.
///
/// Callees that fail, succeed at some attempt or never answer, fast and slow, under several seeds.
private struct AttemptsComparison {
  let isEqual: Bool

  init(of use: RetryUse, with attempts: Int) {
    let rehearsal = Rehearsal(
      use.operation, use.operation.value.layers.prefix(use.index).filter { $0.limit != nil } + [use.layer])
    let failure = Classification(
      use.retry.value.settings.handle.subtracting([.rejected, .cancelled]), isSafeToRepeat: true)
    isEqual = Self.lucks.allSatisfy { luck in
      Self.scripts(deadline: use.deadlineAfter, attempts: attempts, failure: failure).allSatisfy { script in
        rehearsal.begin(luck).call(script).observable
          == rehearsal.begin(luck, attempts: attempts).call(script).observable
      }
    }
  }

  private static let lucks: [Rehearsal.Luck] = [.shortestWaits, .seed(1)]

  private static func scripts(
    deadline: UInt64, attempts: Int, failure: Classification
  ) -> [(Int) -> ScriptedAttempt] {
    let durations = [
      0, deadline / 8, deadline / 3, deadline, deadline.addingReportingOverflow(deadline / 2).partialValue,
    ]
    let successes = [1, 2, attempts, Int.max]
    let ending: [(Int) -> ScriptedAttempt] = durations.flatMap { takes in
      successes.map { success in
        { number in ScriptedAttempt(number >= success ? .success : .failure(failure), takes: takes) }
      }
    }
    return ending + [{ number in number == 1 ? ScriptedAttempt(.failure(failure)) : ScriptedAttempt(.never) }]
  }
}
