package import ResilienceCore

/// Numbers outside of policy files, on command lines and in scripts: written as in policy files, with the same advice.
package enum PlainNumber {
  /// Why a text is no such number, and what would be.
  package struct Problem: Error, Hashable, Sendable {
    package let message: String
    package let help: String?

    package init(_ message: String, help: String? = nil) {
      self.message = message
      self.help = help
    }
  }

  /// The nanoseconds of a duration. Unlike in a policy file it can be nothing: `0ms`.
  package static func duration(_ text: String) throws(Problem) -> UInt64 {
    if DurationText.nanoseconds(text) == 0 { return 0 }
    return try read(text, TextNotation.duration).nanoseconds
  }

  /// A rate: `100/s`.
  package static func rate(_ text: String) throws(Problem) -> Rate { try read(text, .rate) }

  /// A share: `5%`.
  package static func ratio(_ text: String) throws(Problem) -> Ratio { try read(text, .ratioOrZero) }

  private static func read<Value>(_ text: String, _ notation: TextNotation<Value>) throws(Problem) -> Value {
    do throws(Advice) {
      return try notation.parse(text)
    } catch {
      throw Problem(error.message, help: error.help)
    }
  }
}
