package import PolicyLanguage

/// Something that a file asks of code and that code does not offer.
package struct CompileProblem: Error, Sendable {
  package let location: Location
  package let message: String

  package init(_ message: String, at location: Location) {
    self.message = message
    self.location = location
  }
}
