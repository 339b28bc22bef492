/// The lines of a script in the order in which they are done: cancellations for themselves, everything else as it is written.
struct ScriptedLoad {
  private let cancels: [(at: UInt64, call: Int)]
  private let others: [(at: UInt64, line: Load.Line)]
  private let calls: [Script.Call]
  private let classIndices: [String: Int]
  private var nextCancel = 0
  private var nextOther = 0

  /// - Parameter classes: The run's table of classes, `other` among them.
  init(_ script: Script, classes: [String]) {
    cancels = script.lines.compactMap { line in
      if case .cancel(let call) = line.action { (line.at, call) } else { nil }
    }.sorted { ($0.at, $0.call) < ($1.at, $1.call) }
    others = script.lines.compactMap { line in Load.Line(line.action).map { (line.at, $0) } }
    calls = script.lines.compactMap { if case .call(let call) = $0.action { call } else { nil } }
    classIndices = Dictionary(classes.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
  }

  /// When the next line other than a cancellation is; the end of time after the last.
  var nextAt: UInt64 { nextOther < others.count ? others[nextOther].at : .max }

  mutating func takeCancel(notAfter instant: UInt64) -> (at: UInt64, call: Int)? {
    guard nextCancel < cancels.count, cancels[nextCancel].at <= instant else { return nil }
    nextCancel += 1
    return cancels[nextCancel - 1]
  }

  mutating func take() -> Load.Line? {
    guard nextOther < others.count else { return nil }
    nextOther += 1
    return others[nextOther - 1].line
  }

  func attempt(_ attempt: Int, ofCall number: Int) -> CalleeAttempt {
    guard let call = call(number), let last = call.attempts.indices.last else { return CalleeAttempt(.never) }
    let scripted = call.attempts[min(max(attempt - 1, 0), last)]
    switch scripted.end {
    case .ok: return CalleeAttempt(.success, takes: scripted.takes)
    case .hang: return CalleeAttempt(.never)
    case .fail(let name, let hint):
      let index = classIndices[name?.text ?? "other"] ?? classIndices["other"] ?? 0
      return CalleeAttempt(.failure(classIndex: index, retryAfter: hint), takes: scripted.takes)
    }
  }

  func labels(ofCall number: Int) -> [String: String] { call(number)?.labels ?? [:] }

  private func call(_ number: Int) -> Script.Call? {
    calls.indices.contains(number - 1) ? calls[number - 1] : nil
  }
}

extension Load.Line {
  /// `nil` for a cancellation.
  fileprivate init?(_ action: Script.Action) {
    switch action {
    case .call(let call): self = .call(labels: call.labels)
    case .cancel: return nil
    case .reload(let file): self = .reload(file: file)
    case .isolate(let breaker): self = .isolate(breaker: breaker.text)
    case .close(let breaker): self = .close(breaker: breaker.text)
    case .reset(let breaker): self = .reset(breaker: breaker.text)
    }
  }
}
