import Synchronization

/// The last good value of an operation, or of each of its keys, for as long as it may be served.
///
/// At most so many values are kept; the one that was stored longest ago goes first. Storing and looking up are O(1).
@usableFromInline package final class LastGoodStore: Sendable {
  private let state: Mutex<State>

  private struct Entry {
    let value: any Sendable
    let stored: Instant
  }

  private struct State {
    var settings: LastGoodSettings
    /// A value without a key stands under `nil`.
    var entries = RecencyList<String?, Entry>()
  }

  package init(_ settings: LastGoodSettings) {
    state = Mutex(State(settings: settings))
  }

  /// How many values are kept.
  package var count: Int { state.withLock { $0.entries.count } }

  /// Keeps a value in the place of the one before. With keys in use a value without one is not kept.
  package func store(_ value: any Sendable, key: String?, at now: Instant) {
    let entry = Entry(value: value, stored: now)
    let dropped = state.withLock { state -> (replaced: Entry?, trimmed: [Entry?]) in
      guard let key = Self.key(key, state.settings) else { return (nil, []) }
      return (state.entries.insert(entry, for: key), Self.trim(&state))
    }
    // Values run their own code when they go, so they go without the lock.
    withExtendedLifetime(dropped) {}
  }

  /// The value of a key and its age in nanoseconds, if it is no older than the limit.
  package func value(key: String?, at now: Instant) -> (value: any Sendable, age: UInt64)? {
    state.withLock { state in
      guard let key = Self.key(key, state.settings), let entry = state.entries[key] else { return nil }
      let age = entry.stored.nanoseconds(to: now)
      return age <= state.settings.maxAge.nanoseconds ? (entry.value, age) : nil
    }
  }

  /// Goes on with the values that it has under new settings; the oldest go when fewer are kept.
  package func update(_ settings: LastGoodSettings) {
    let dropped = state.withLock { state in
      state.settings = settings
      return Self.trim(&state)
    }
    withExtendedLifetime(dropped) {}
  }

  private static func trim(_ state: inout State) -> [Entry?] {
    var dropped: [Entry?] = []
    while state.entries.count > max(state.settings.entries, 1), let oldest = state.entries.oldest?.key {
      dropped.append(state.entries.remove(oldest))
    }
    return dropped
  }

  /// Under which key a call's value stands; `nil` when it has none.
  private static func key(_ key: String?, _ settings: LastGoodSettings) -> String?? {
    switch settings.key {
    case .none: .some(nil)
    case .label: key.map { .some($0) }
    }
  }
}
