/// What a call under a policy gives: a command that ran, or text to print in its place.
enum Answer: Sendable {
  /// The command's own output went where it belongs while it ran.
  case passedThrough
  case text(String)
}
