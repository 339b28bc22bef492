package import ResilienceCore
internal import Synchronization

/// The decoded values of a graph's `value:` fallbacks, by the fallback's name.
package final class StaticValues: Sendable {
  private let values = Mutex<[String: StaticValue]>([:])

  init() {}

  /// The values of one fallback.
  package subscript(fallback: String) -> StaticValue {
    values.withLock { values in
      if let known = values[fallback] { return known }
      let new = StaticValue()
      values[fallback] = new
      return new
    }
  }
}
