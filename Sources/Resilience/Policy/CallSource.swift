public import ResilienceCore

/// Where a call gets its plan: a handle, or what an engine keeps under a name.
@usableFromInline protocol CallSource {
  /// Begins a call on the short way.
  func enter() -> PassiveCall

  /// Ends a call that went right, or says that there is more to do.
  func leave(_ call: PassiveCall) -> Bool

  /// Throws what an open breaker answers, if that is all there is to say of a call that it stopped.
  func throwRejection(of call: PassiveCall) throws

  /// The handle that a call goes on with when it leaves the short way.
  var operation: OperationPolicy { get }
}
