package import ResilienceCore

/// A named element, with the places it comes from.
///
/// Copies share one storage: pipelines and operations that name an element do not repeat it. Elements that are written alike
/// share what they say as well.
public struct Definition<Value: Sendable>: Sendable {
  private final class Storage: Sendable {
    let name: ElementName
    let location: Location
    let said: Said<Value>
    let origins: Origins

    init(_ name: ElementName, _ location: Location, _ said: Said<Value>, _ origins: Origins) {
      self.name = name
      self.location = location
      self.said = said
      self.origins = origins
    }
  }

  private let storage: Storage

  public init(name: String, location: Location, value: Value, origins: Origins) {
    self.init(ElementName(name), at: location, Said(value), origins)
  }

  init(_ name: ElementName, at location: Location, _ said: Said<Value>, _ origins: Origins) {
    storage = Storage(name, location, said, origins)
  }

  /// The name; `PIPELINE/KIND` for an element that is written in its layer.
  public var name: String { storage.name.text }
  /// The same, not put together yet.
  package var elementName: ElementName { storage.name }
  /// Its key.
  public var location: Location { storage.location }
  /// What it says.
  public var value: Value { storage.said.value }
  /// Where its numbers stand.
  public var origins: Origins { storage.origins }
  /// Equal for elements that are written alike and share what they say, as long as one of them is there.
  package var meaning: ObjectIdentifier { ObjectIdentifier(storage.said) }
}

/// What an element says, once for all elements that are written alike.
final class Said<Value: Sendable>: Sendable {
  let value: Value

  init(_ value: Value) { self.value = value }
}
