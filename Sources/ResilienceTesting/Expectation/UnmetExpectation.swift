/// Something that a test expects and that is not so, in words. Thrown, so that every testing library shows it.
public struct UnmetExpectation: Error, Hashable, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}
