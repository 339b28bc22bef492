/// A failure that a layer of chaos made up, so that nobody takes it for one of the callee.
///
/// It belongs to the class that the layer names, for every retry, breaker and fallback around the layer.
public struct InjectedFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// The operation's name.
  public let operation: String
  /// The name of the layer.
  public let name: String
  /// The class that the file names.
  public let failureClass: String

  package init(operation: String, name: String, failureClass: String) {
    self.operation = operation
    self.name = name
    self.failureClass = failureClass
  }

  /// One line: which operation, class and layer.
  public var description: String { "\(operation): failure of class `\(failureClass)` injected by chaos `\(name)`" }
}
