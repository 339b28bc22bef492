import PolicyCompiler
import PolicyLanguage
import PolicySimulation
import ResilienceCore

/// The longest that a call can take by its own numbers, and the most attempts it can make.
///
/// The time is an upper bound: attempts and waits at their longest, cut by the limits around them. The attempts are
/// counted by replaying the callees that let the most of them start.
struct WorstCase {
  /// Nanoseconds; `nil` when nothing ends a call.
  let time: UInt64?
  let attempts: Int
  /// What can make it longer still.
  let notes: [String]

  init(of operation: Definition<OperationDefinition>, in document: PolicyDocument) {
    let layers = operation.value.layers.filter { $0.limit != nil || $0.retry != nil }
    let rehearsal = Rehearsal(operation, layers, errors: document.errors.map(\.value))
    let traces = Self.lucks.flatMap { luck in
      Self.callees(of: operation, rehearsal).map { rehearsal.begin(luck).call($0) }
    }
    let tries = traces.contains(where: \.isCutOff) ? operation.declaredAttempts : traces.map(\.attempts).max() ?? 0
    attempts = Int(clamping: UInt64(tries).multipliedSaturated(by: operation.callsAtOnce))
    time = CallBounds(operation.value.layers).time
    notes = Self.notes(on: operation, isBounded: time != nil)
  }

  private static let lucks: [Rehearsal.Luck] = [.longestWaits, .shortestWaits]

  /// Callees that fail at once, at the last moment before the innermost limit, or never answer; for each class of
  /// failures.
  private static func callees(
    of operation: Definition<OperationDefinition>, _ rehearsal: Rehearsal
  ) -> [(Int) -> ScriptedAttempt] {
    let limits = operation.value.layers.compactMap { $0.limit?.value.after.nanoseconds }
    let longest = limits.last ?? 0
    let never: [(Int) -> ScriptedAttempt] = [{ _ in ScriptedAttempt(.never) }]
    return never
      + rehearsal.failureClasses.flatMap { classes in
        [0, longest].map { takes in
          { _ in ScriptedAttempt(.failure(rehearsal.failure(of: classes)), takes: takes) }
        }
      }
  }

  private static func notes(on operation: Definition<OperationDefinition>, isBounded: Bool) -> [String] {
    let layers = operation.value.layers
    var notes: [String] = []
    var deadline: Duration?
    for layer in layers {
      if let own = layer.deadline?.value.after { deadline = min(deadline ?? own, own) }
      let end = deadline.map { ", never beyond the deadline of \($0.inWords)" } ?? ""
      if isBounded, let note = layer.lengthening { notes.append(note + end) }
    }
    let modes = layers.compactMap { $0.limit?.value.mode }
    if isBounded, modes.contains(.cooperative) { notes.append("a body that ignores its cancellation is waited for") }
    if modes.contains(.observe) { notes.append("`observe` ends no body: it is told its instant") }
    return notes
  }
}

extension Definition<OperationDefinition> {
  /// The calls that its hedges can let run in the place of one.
  fileprivate var callsAtOnce: UInt64 {
    if case .no = value.idempotency { return 1 }
    return value.layers.compactMap { $0.hedge?.value.settings.extra }.reduce(1) { product, extra in
      product.multipliedSaturated(by: UInt64(clamping: extra).addingSaturated(1))
    }
  }

  /// The attempts that its retries allow one call, whatever the time.
  fileprivate var declaredAttempts: Int {
    value.layers.compactMap { $0.retry?.value.settings.attempts }.reduce(1) { product, attempts in
      let (result, overflow) = product.multipliedReportingOverflow(by: attempts)
      return overflow ? .max : result
    }
  }
}

extension LayerDefinition {
  /// How the layer can make a call longer than its own numbers and the callee's time; `nil` when it cannot.
  fileprivate var lengthening: String? {
    switch element {
    case .retry(let retry):
      let settings = retry.value.settings
      guard let hint = settings.retryAfter, settings.attempts > 1 else { return nil }
      return "a server's hint can make each wait of retry `\(retry.name)` as long as \(hint.inWords)"
    case .chaos(let chaos):
      guard case .delay(let time) = chaos.value.effect else { return nil }
      return "chaos can make each attempt \(time.inWords) longer where the engine allows it"
    case .fallback, .deadline, .rateLimit, .bulkhead, .breaker, .timeout, .hedge: return nil
    }
  }
}
