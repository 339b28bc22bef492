/// The kinds of layers that a pipeline is built of, named as in a policy file.
public struct LayerKind: Hashable, Sendable, CustomStringConvertible {
  // A byte and not a text: every layer of every plan has one in its name.
  private enum Word: String {
    case fallback, deadline, rateLimit, bulkhead, retry, breaker, timeout, hedge, chaos
    case healthCheck, recovery, operation
  }

  private let word: Word
  private init(_ word: Word) { self.word = word }

  /// The kind of layer that a word of a policy file says; `nil` for a word that says none.
  init?(ofLayer word: Substring) {
    switch Word(rawValue: String(word)) {
    case nil, .healthCheck, .recovery, .operation: return nil
    case let word?: self.init(word)
    }
  }

  public var description: String { word.rawValue }

  public static let fallback = LayerKind(.fallback)
  public static let deadline = LayerKind(.deadline)
  public static let rateLimit = LayerKind(.rateLimit)
  public static let bulkhead = LayerKind(.bulkhead)
  public static let retry = LayerKind(.retry)
  public static let breaker = LayerKind(.breaker)
  public static let timeout = LayerKind(.timeout)
  public static let hedge = LayerKind(.hedge)
  public static let chaos = LayerKind(.chaos)
  /// No layer: a health check.
  public static let healthCheck = LayerKind(.healthCheck)
  /// No layer: a recovery.
  public static let recovery = LayerKind(.recovery)
  /// No layer: the operation as a whole.
  public static let operation = LayerKind(.operation)
}
