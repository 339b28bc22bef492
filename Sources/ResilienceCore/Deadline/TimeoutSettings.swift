/// What a policy file, or code, can say of a timeout or a deadline.
public struct TimeoutSettings: Hashable, Sendable {
  /// What happens to a body at the instant.
  public enum Mode: String, Hashable, Sendable, CaseIterable {
    /// The body is cancelled and awaited; its success at or before the instant still is the result.
    case cooperative
    /// The body is cancelled, the caller gets its error at once, and the body counts until it ends.
    case abandon
    /// Nothing is cancelled: the body is told its instant, and a later end is a timeout.
    case observe
  }

  public var after: Duration
  public var mode: Mode

  public init(after: Duration, mode: Mode = .cooperative) {
    self.after = after
    self.mode = mode
  }
}
