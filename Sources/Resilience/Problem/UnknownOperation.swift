internal import PolicyLanguage

/// A look-up of an operation that the policy file has no entry for.
public struct UnknownOperation: Error, Sendable, Hashable, CustomStringConvertible {
  /// The name that was looked up.
  public let name: String
  /// The names in the file that come nearest, the nearest first.
  public let nearest: [String]

  init(_ name: String, among names: [String]) {
    self.name = name
    nearest = NearestName(to: name, among: names).candidates
  }

  public var description: String {
    let text = "no policy for operation `\(name)`"
    return nearest.isEmpty ? text : text + "; nearest: \(nearest.map { "`\($0)`" }.joined(separator: ", "))"
  }
}
