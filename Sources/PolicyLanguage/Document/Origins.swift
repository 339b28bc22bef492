internal import LocatedYAML

/// Where the numbers of an element stand, through what it extends, presets and environments.
public struct Origins: Sendable {
  let view: Layered

  init(_ view: Layered) { self.view = view }

  /// Where the field at a path such as `attempts` or `backoff.initial` stands; `nil` when it has its default.
  ///
  /// A short form stands for all fields of the map that it is short for. O(entries · places).
  public subscript(_ field: String) -> Location? { layer(field).map { Location($0.node) } }

  /// Who wrote the field, where it is not the element itself: `environment production`, `extends base`, `preset.standard`.
  public func note(for field: String) -> String? { layer(field)?.origin.note }

  private func layer(_ field: String) -> Layered.Layer? { view.layer(at: field.split(separator: ".")) }
}
