/// What a call has to know of the limit of the call around it: less than a ``CallDeadline``, and nothing that is counted.
struct InheritedLimit: Sendable {
  let instant: Instant
  /// Whether the call around it cancels its body, and this call with it, at the instant.
  let cancels: Bool

  init(_ deadline: CallDeadline) {
    instant = deadline.instant
    cancels = deadline.cancels
  }
}
