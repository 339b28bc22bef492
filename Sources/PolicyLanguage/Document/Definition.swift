/// A named element, with the places it comes from.
///
/// Copies share one storage: pipelines and operations that name an element do not repeat it.
public struct Definition<Value: Sendable>: Sendable {
  private final class Storage: Sendable {
    let name: String
    let location: Location
    let value: Value
    let origins: Origins

    init(_ name: String, _ location: Location, _ value: Value, _ origins: Origins) {
      self.name = name
      self.location = location
      self.value = value
      self.origins = origins
    }
  }

  private let storage: Storage

  public init(name: String, location: Location, value: Value, origins: Origins) {
    storage = Storage(name, location, value, origins)
  }

  /// The name; `PIPELINE/KIND` for an element that is written in its layer.
  public var name: String { storage.name }
  /// Its key.
  public var location: Location { storage.location }
  /// What it says.
  public var value: Value { storage.value }
  /// Where its numbers stand.
  public var origins: Origins { storage.origins }
}
