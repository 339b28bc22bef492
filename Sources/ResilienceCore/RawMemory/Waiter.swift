import Synchronization

/// How a wait ended.
package enum WaitEnd: UInt8, Sendable {
  case granted = 1
  case expired
  case cancelled
}

/// One caller that waits for its turn: exactly one of being granted, expiring and being cancelled happens to it.
///
/// ```
/// waiting ── grant ──▶ granted
///    └── instant, cancellation, giveUp ──▶ expired or cancelled
/// ```
/// The first to change the one atomic word wins and wakes the caller; all others learn that they lost. Wait once on each.
///
/// What must hold: `parked` is written by one thread, once, before it can be read, and a suspended task is resumed exactly once. The first to take
/// `isTaken` is the only one to write, and sets `parkedBit` afterwards; only who moves the word from `parkedBit` on to an end reads, and one does.
package final class Waiter: Sendable {
  /// Whom to wake when the wait ends.
  @safe enum Parked {
    case task(UnsafeContinuation<Void, Never>)
    case thread(Monitor<Void>)
    case listener(@Sendable () -> Void)

    func wake() {
      switch self {
      case .task(let continuation): unsafe continuation.resume()
      case .thread(let monitor): monitor.wakeAll()
      case .listener(let listener): listener()
      }
    }
  }

  /// The raw value of `WaitEnd`, zero while waiting; plus `parkedBit` from the moment on that `parked` can be read.
  private let word = Atomic<UInt8>(0)
  private static let parkedBit: UInt8 = 4
  /// Whether somebody waits or has waited.
  private let isTaken = Atomic(false)
  /// Written by the waiting caller before it sets `parkedBit`, read by the one who settles, after it has seen the bit.
  private nonisolated(unsafe) var parked: Parked?
  private let onGrant: (@Sendable () -> Void)?
  /// What the caller waits for, for reports.
  let purpose: WaitPurpose

  package init(for purpose: WaitPurpose = .other("something")) {
    self.purpose = purpose
    onGrant = nil
  }

  /// A waiter that tells of its grant, on the thread that grants. `onGrant` runs at most once.
  package init(onGrant: @escaping @Sendable () -> Void) {
    self.onGrant = onGrant
    purpose = .other("something")
  }

  /// Gives the caller what it waits for.
  ///
  /// - Returns: false when it gave up before, and the grant belongs to somebody else.
  package func grant() -> Bool {
    guard settle(.granted) else { return false }
    onGrant?()
    return true
  }

  /// Ends the wait without a grant.
  ///
  /// - Returns: false when it was granted before: the caller holds the grant.
  package func giveUp() -> Bool {
    settle(.cancelled) || end != .granted
  }

  /// How the wait ended; nil while it goes on.
  package var end: WaitEnd? {
    WaitEnd(rawValue: word.load(ordering: .acquiring) & ~Self.parkedBit)
  }

  func expire() { _ = settle(.expired) }

  /// Has `listener` told of the end, once, on the thread that ends the wait. For a caller that does not wait itself.
  ///
  /// - Returns: false when the wait is over already and nobody will be told.
  package func whenEnded(_ listener: @escaping @Sendable () -> Void) -> Bool { park(.listener(listener)) }

  /// Suspends the task until the wait ends.
  func suspend() async {
    await unsafe withUnsafeContinuation { continuation in
      if unsafe !park(.task(continuation)) { unsafe continuation.resume() }
    }
  }

  /// Leaves word whom to wake. False when the wait is over already or somebody else's, and nobody will wake the caller.
  func park(_ caller: Parked) -> Bool {
    guard !isTaken.exchange(true, ordering: .acquiringAndReleasing) else { return false }
    unsafe parked = caller
    return word.compareExchange(expected: 0, desired: Self.parkedBit, ordering: .acquiringAndReleasing).exchanged
  }

  /// Ends the wait, unless it has ended before, and wakes the caller.
  func settle(_ end: WaitEnd) -> Bool {
    if word.compareExchange(expected: 0, desired: end.rawValue, ordering: .acquiringAndReleasing).exchanged {
      return true
    }
    let parkedEnd = end.rawValue | Self.parkedBit
    guard
      word.compareExchange(expected: Self.parkedBit, desired: parkedEnd, ordering: .acquiringAndReleasing).exchanged
    else { return false }
    unsafe parked?.wake()
    return true
  }
}
