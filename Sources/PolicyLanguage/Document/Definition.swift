/// A named element, with the places it comes from.
public struct Definition<Value: Sendable>: Sendable {
  /// The name; `PIPELINE/KIND` for one that is written in its layer.
  public let name: String
  /// Its key.
  public let location: Location
  public let value: Value
  public let origins: Origins

  public init(name: String, location: Location, value: Value, origins: Origins) {
    self.name = name
    self.location = location
    self.value = value
    self.origins = origins
  }
}
