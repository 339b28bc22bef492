/// A reference that counts nothing: following it changes no reference count, and it is good only as long as somebody else keeps the object.
///
/// Who holds one says why the object outlives it: a section of a ``SwapCell``, or a plan that holds the same object by a counted reference.
@safe struct UncountedReference<Value: AnyObject>: @unchecked Sendable {
  private let reference: Unmanaged<Value>

  init(_ value: Value) { unsafe reference = Unmanaged.passUnretained(value) }

  /// Counts the object once more, for whoever calls ``releaseOwnership()``.
  init(owning value: Value) { unsafe reference = Unmanaged.passRetained(value) }

  /// `nil` for the address 0. Any other must come from ``address``.
  init?(address: UInt) {
    guard let pointer = unsafe UnsafeRawPointer(bitPattern: address) else { return nil }
    unsafe reference = Unmanaged.fromOpaque(pointer)
  }

  var address: UInt { unsafe UInt(bitPattern: reference.toOpaque()) }

  /// The object, counted.
  var counted: Value { unsafe reference.takeUnretainedValue() }

  /// The object, with the count that ``init(owning:)`` took.
  func releaseOwnership() -> Value { unsafe reference.takeRetainedValue() }

  /// Looks at the object for the time of `body`, uncounted.
  @inline(__always)
  func look<Answer>(_ body: (Value) -> Answer) -> Answer { unsafe reference._withUnsafeGuaranteedRef(body) }
}
