/// One matcher of an error class: every fact it names must be there and fit.
public struct FailureMatcher: Hashable, Sendable {
  /// HTTP statuses, as ranges.
  public var http: [ClosedRange<Int>] = []
  /// gRPC status names.
  public var grpc: [String] = []
  /// errno values.
  public var posix: [Int32] = []
  /// Swift type names with their module; a `*` at the end stands for any rest.
  public var types: [String] = []
  /// What the error says of itself.
  public var kinds: [String] = []
  /// Exit statuses of a command, as ranges.
  public var exit: [ClosedRange<Int32>] = []
  /// Signals that ended a command.
  public var signals: [Int32] = []

  public init() {}

  /// Whether a failure with these facts, thrown as an error of `type`, fits every key of this matcher.
  ///
  /// A matcher without any key fits nothing.
  package func matches(_ facts: FailureFacts, type: String?) -> Bool {
    var verdicts: [Bool] = []
    if !http.isEmpty { verdicts.append(facts.http.map { status in http.contains { $0.contains(status) } } ?? false) }
    if !grpc.isEmpty { verdicts.append(facts.grpc.map(grpc.contains) ?? false) }
    if !posix.isEmpty { verdicts.append(facts.posix.map(posix.contains) ?? false) }
    if !types.isEmpty { verdicts.append(type.map { name in types.contains { Self.name($0, fits: name) } } ?? false) }
    if !kinds.isEmpty { verdicts.append(facts.kind.map(kinds.contains) ?? false) }
    if !exit.isEmpty { verdicts.append(facts.exit.map { status in exit.contains { $0.contains(status) } } ?? false) }
    if !signals.isEmpty { verdicts.append(facts.signal.map(signals.contains) ?? false) }
    return !verdicts.isEmpty && verdicts.allSatisfy { $0 }
  }

  private static func name(_ pattern: String, fits name: String) -> Bool {
    pattern.hasSuffix("*") ? name.hasPrefix(pattern.dropLast()) : pattern == name
  }
}
