/// What a caller waits for, in the words of a report about those who wait for ever.
package enum WaitPurpose: Hashable, Sendable {
  /// An instant, and nothing else.
  case time
  case place(bulkhead: String, operation: String)
  case slot(limiter: String, operation: String)
  /// Said by whoever made the waiter: `a reply`.
  case other(String)
}

/// One task that is suspended in a wait on virtual time.
package struct VirtualWait: Hashable, Sendable {
  /// The name that code gave to the part of itself that waits, the innermost; `nil` outside of all names.
  package let who: String?
  package let purpose: WaitPurpose
  package let since: Instant
  /// When the wait ends by itself.
  package let until: Instant?
}

extension VirtualWait: CustomStringConvertible {
  /// `worker 3 waits for a place in bulkhead `database` (operation users.get) since 2 s`.
  package var description: String {
    let end = until.map { ", until \(Instant(nanoseconds: 0).duration(to: $0).inWords)" } ?? ""
    let start = Instant(nanoseconds: 0).duration(to: since).inWords
    return "\(who ?? "a task without a name") waits for \(purpose), since \(start)\(end)"
  }
}

extension WaitPurpose: CustomStringConvertible {
  package var description: String {
    switch self {
    case .time: "time to pass"
    case .place(let bulkhead, let operation): "a place in bulkhead `\(bulkhead)` (operation \(operation))"
    case .slot(let limiter, let operation): "a slot of rate limiter `\(limiter)` (operation \(operation))"
    case .other(let text): text
    }
  }
}
