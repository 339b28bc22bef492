/// What code said of an operation's bodies when it looked the operation up. A file that asks for more is refused.
struct Declaration: Hashable, Sendable {
  /// The type of the values; `nil`: any, so that no fallback of a file can make one.
  var type: DeclaredType?
  /// Whether a body may outlive its call.
  var isConcurrent = false

  static let plain = Declaration()
}
