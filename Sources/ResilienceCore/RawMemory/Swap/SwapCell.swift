import Synchronization

/// A reference that is read without a lock and without counting, and exchanged while it is read.
///
/// What must hold: the address is that of a value which this cell counts once. It hands that count to its ``ReadDomain`` with the address that it takes
/// out, and the domain keeps it until the last reader is gone. This cell itself must outlive its readers: whoever reads holds it, directly or by the
/// object that it is a part of.
struct SwapPlace<Value: AnyObject & Sendable>: ~Copyable, Sendable {
  /// The address of a value that this cell counts once; 0 for none.
  private let current: Atomic<UInt>
  private let domain: ReadDomain

  init(_ value: Value?, in domain: ReadDomain) {
    self.domain = domain
    current = Atomic(Self.owned(value))
  }

  deinit {
    // Not released here: the rule is one for all that is taken out.
    retire(current.load(ordering: .acquiring))
    domain.collect()
  }

  /// Puts another value here. The old one goes with its last reader, or when what was retired is collected.
  func put(_ value: Value?) {
    retire(current.exchange(Self.owned(value), ordering: .sequentiallyConsistent))
  }

  /// Lets go what was taken out and nobody reads any more, and sees to it that the rest goes with its last reader.
  func collect() { domain.collect() }

  /// Begins to read.
  @inline(__always)
  func enter() -> SwapCell<Value>.Section { section(domain.enter()) }

  /// Begins to read on a thread whose own that seat is.
  @inline(__always)
  func enter(own seat: ThreadSeat) -> SwapCell<Value>.Section { section(domain.enter(own: seat)) }

  @inline(__always)
  private func section(_ parity: Int) -> SwapCell<Value>.Section {
    let address = current.load(ordering: .sequentiallyConsistent)
    return SwapCell.Section(value: UncountedReference(address: address), parity: parity)
  }

  /// Ends to read, on any thread.
  @inline(__always)
  func leave(parity: Int) { domain.leave(parity) }

  /// Ends to read on a thread whose own that seat is, and answers whether ``collect()`` is to be called.
  @inline(__always)
  func leave(parity: Int, own seat: ThreadSeat) -> Bool { domain.leave(parity, own: seat) }

  private func retire(_ address: UInt) {
    guard let value = UncountedReference<Value>(address: address) else { return }
    domain.retire(value.releaseOwnership())
  }

  private static func owned(_ value: Value?) -> UInt { value.map { UncountedReference(owning: $0).address } ?? 0 }
}

/// A ``SwapPlace`` that many hold.
@usableFromInline package final class SwapCell<Value: AnyObject & Sendable>: Sendable {
  /// What a reader holds until it leaves, exactly once. It counts nothing.
  package struct Section: Sendable {
    /// Good until the section is left.
    let value: UncountedReference<Value>?
    let parity: Int

    /// The value, counted: it can be kept for longer than the section.
    package var counted: Value? { value?.counted }
  }

  private let place: SwapPlace<Value>

  package convenience init(_ value: Value?) { self.init(value, in: ReadDomain.next()) }

  package init(_ value: Value?, in domain: ReadDomain) { place = SwapPlace(value, in: domain) }

  /// What stands here now. O(1), and waits for nobody.
  package var value: Value? {
    let section = enter()
    defer { leave(section) }
    return section.counted
  }

  /// Puts another value here. The old one goes with its last reader, or when what was retired is collected.
  package func put(_ value: Value?) { place.put(value) }

  /// Lets go what was taken out and nobody reads any more, and sees to it that the rest goes with its last reader.
  func collect() { place.collect() }

  /// Begins to read.
  @inline(__always)
  package func enter() -> Section { place.enter() }

  /// Begins to read on a thread whose own that seat is.
  @inline(__always)
  func enter(own seat: ThreadSeat) -> Section { place.enter(own: seat) }

  /// Ends to read, on any thread.
  @inline(__always)
  package func leave(_ section: Section) { leave(parity: section.parity) }

  /// As ``leave(_:)``, for who kept of a section its parity only.
  @inline(__always)
  func leave(parity: Int) { place.leave(parity: parity) }

  /// Ends to read on a thread whose own that seat is, and answers whether ``collect()`` is to be called.
  @inline(__always)
  func leave(parity: Int, own seat: ThreadSeat) -> Bool { place.leave(parity: parity, own: seat) }
}
