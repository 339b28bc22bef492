/// Values by key that remember in which order they were last touched.
///
/// A dictionary into a doubly linked list in an array, with a list of free places: look-up, insertion, touching and removal are O(1).
struct RecencyList<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct Place {
    var key: Key
    var value: Value
    var older: Int?
    var newer: Int?
  }

  private var index: [Key: Int] = [:]
  private var places: ContiguousArray<Place?> = []
  private var free: [Int] = []
  private var first: Int?
  private var newest: Int?

  var count: Int { index.count }

  /// The value of a key, where it is in the order.
  subscript(key: Key) -> Value? {
    index[key].flatMap { places[$0]?.value }
  }

  /// The value of a key, which becomes the newest.
  mutating func touch(_ key: Key) -> Value? {
    guard let place = index[key] else { return nil }
    renew(place)
    return places[place]?.value
  }

  /// Puts a value in as the newest and gives back the one that it replaces.
  mutating func insert(_ value: Value, for key: Key) -> Value? {
    if let place = index[key] {
      renew(place)
      defer { places[place]?.value = value }
      return places[place]?.value
    }
    let place = free.popLast() ?? places.endIndex
    if place == places.endIndex { places.append(nil) }
    places[place] = Place(key: key, value: value)
    index[key] = place
    link(place)
    return nil
  }

  mutating func remove(_ key: Key) -> Value? {
    guard let place = index.removeValue(forKey: key) else { return nil }
    unlink(place)
    free.append(place)
    return places[place].take()?.value
  }

  /// The value that was touched longest ago, with its key.
  var oldest: (key: Key, value: Value)? {
    first.flatMap { places[$0] }.map { ($0.key, $0.value) }
  }

  /// All values, in no order.
  var values: [Value] { places.compactMap { $0?.value } }

  private mutating func renew(_ place: Int) {
    guard place != newest else { return }
    unlink(place)
    link(place)
  }

  private mutating func link(_ place: Int) {
    places[place]?.older = newest
    places[place]?.newer = nil
    if let newest { places[newest]?.newer = place } else { first = place }
    newest = place
  }

  private mutating func unlink(_ place: Int) {
    guard let entry = places[place] else { return }
    if let older = entry.older { places[older]?.newer = entry.newer } else { first = entry.newer }
    if let newer = entry.newer { places[newer]?.older = entry.older } else { newest = entry.older }
  }
}
