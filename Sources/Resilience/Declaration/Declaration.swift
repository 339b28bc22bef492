/// What code said of an operation's bodies when it looked the operation up. A file that asks for more is refused.
struct Declaration: Sendable {
  /// The type of the values; `nil`: any, so that no fallback of a file can make one.
  let type: DeclaredType?
  /// Whether a body may outlive its call.
  let isConcurrent: Bool

  init(type: DeclaredType? = nil, isConcurrent: Bool = false) {
    self.type = type
    self.isConcurrent = isConcurrent
  }

  /// What tells declarations apart: enough to find one that was made before.
  struct Key: Hashable, Sendable {
    let type: ObjectIdentifier?
    let isConcurrent: Bool

    init(type: (any Any.Type)? = nil, isConcurrent: Bool = false) {
      self.type = type.map(ObjectIdentifier.init)
      self.isConcurrent = isConcurrent
    }
  }

  var key: Key { Key(type: type?.type, isConcurrent: isConcurrent) }
}
