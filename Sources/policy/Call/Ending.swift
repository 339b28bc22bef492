import Resilience

/// How a call that did not succeed ends: the status to exit with, and what to say.
struct Ending: Hashable {
  let status: Int32
  let lines: [String]
  /// What is wrong with the policy file, as the linter prints it.
  let findings: [String]

  /// - Parameter policies: The policy file, as the command line names it.
  init(_ error: any Error, policies: String) {
    switch error {
    case let error as CommandFailure: self.init(error)
    case let error as ResilienceError: self.init(error)
    case let error as UsageError: self.init(ExitStatus.usage, [error.message])
    case let error as UnknownOperation: self.init(error, policies)
    case let error as PolicyFileError: self.init(error)
    default: self.init(ExitStatus.temporaryFailure, ["\(error)"])
    }
  }

  private init(_ status: Int32, _ lines: [String], findings: [String] = []) {
    self.status = status
    self.lines = lines
    self.findings = findings
  }

  /// A command that ran has said itself what there is to say.
  private init(_ failure: CommandFailure) {
    if case .notStarted = failure.end {
      self.init(failure.end.status, ["\(failure)"])
    } else {
      self.init(failure.end.status, [])
    }
  }

  private init(_ error: ResilienceError) {
    guard error.code == .fallbackFailed else {
      self.init(ExitStatus.temporaryFailure, [Self.reason(of: error)])
      return
    }
    let last = error.fallbackError.map { "the fallback failed too: \($0)" } ?? "the fallback failed too"
    let original = (error.cause as? CommandFailure)?.end.status
    self.init(original ?? ExitStatus.temporaryFailure, [last])
  }

  private init(_ error: UnknownOperation, _ policies: String) {
    let nearest = error.nearest.map { "`\($0)`" }.joined(separator: ", ")
    let hint = nearest.isEmpty ? "" : "; nearest: \(nearest)"
    self.init(ExitStatus.usage, ["no policy for operation `\(error.name)` in \(policies)\(hint)"])
  }

  private init(_ error: PolicyFileError) {
    if let unreadable = error.problems.first(where: { $0.line == nil && $0.rule == nil }) {
      self.init(ExitStatus.noInput, ["\(unreadable.path): \(unreadable.message)"])
    } else {
      self.init(ExitStatus.configuration, [], findings: error.problems.map(\.description))
    }
  }

  private static func reason(of error: ResilienceError) -> String {
    let who = error.layer.inWords(error.name)
    let then = error.retryAfter.map { ", next try in \($0.inWords)" } ?? ""
    return switch error.code {
    case .timedOut: "gave up: time ran out (\(who))"
    case .circuitOpen: "gave up: \(who) is open\(then)"
    case .circuitIsolated: "gave up: \(who) is isolated"
    case .bulkheadFull: "gave up: \(who) is full\(then)"
    case .rateLimited: "gave up: \(who) lets no more through\(then)"
    default: "gave up: \(error)"
    }
  }
}
