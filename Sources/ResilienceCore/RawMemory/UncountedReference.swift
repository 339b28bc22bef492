/// A reference that counts nothing: following it changes no reference count.
///
/// What must hold: somebody else keeps the object for as long as this is followed. Who holds one says who that is: a section of a ``SwapCell``
/// its ``ReadDomain``, a step of a plan the plan's layers, what a ``NameTable`` finds the table, a timer's stripe the program. An address other
/// than 0 comes from ``address`` of a reference to the same type.
@frozen @usableFromInline @safe package struct UncountedReference<Object: AnyObject>: @unchecked Sendable {
  @usableFromInline let reference: Unmanaged<Object>

  init(_ object: Object) { unsafe reference = Unmanaged.passUnretained(object) }

  /// Counts the object once more, for whoever calls ``releaseOwnership()``.
  init(owning object: Object) { unsafe reference = Unmanaged.passRetained(object) }

  /// `nil` for the address 0. Any other must come from ``address``.
  @inlinable @inline(__always)
  init?(address: UInt) {
    guard let pointer = unsafe UnsafeRawPointer(bitPattern: address) else { return nil }
    unsafe reference = Unmanaged.fromOpaque(pointer)
  }

  var address: UInt { unsafe UInt(bitPattern: reference.toOpaque()) }

  /// The object, counted.
  @inlinable package var counted: Object { unsafe reference.takeUnretainedValue() }

  /// The object, with the count that ``init(owning:)`` took. Once for each.
  func releaseOwnership() -> Object { unsafe reference.takeRetainedValue() }

  /// Looks at the object for the time of `body`, uncounted.
  @inlinable @inline(__always)
  package func look<Answer>(_ body: (Object) -> Answer) -> Answer { unsafe reference._withUnsafeGuaranteedRef(body) }
}
