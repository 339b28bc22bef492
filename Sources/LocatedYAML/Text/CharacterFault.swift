/// One character, or one run of bytes that is none, that does not belong into a file.
struct CharacterFault {
  let span: ByteSpan
  /// `nil` for bytes that are no UTF-8.
  let scalar: Unicode.Scalar?
}

extension CharacterFault {
  /// The fault as a finding about `bytes`.
  func problem(in bytes: [UInt8]) -> Problem {
    guard let scalar, let hazard = CharacterHazard(scalar) else { return encodingProblem(in: bytes) }
    let name = scalar.codePointName
    let message =
      switch hazard {
      case .control: "the control character \(name) is not allowed"
      case .lineBreak: "\(name) ends a line for some tools and not for others"
      case .direction: "\(name) changes the reading direction: the text is not what it looks like"
      case .invisible: "\(name) is invisible: the text is not what it looks like"
      case .nonCharacter: "\(name) is no character"
      case .space: "\(name) looks like a space and is none"
      }
    let replacement = if case .space = hazard { " " } else { "" }
    return Problem(
      .forbiddenCharacter, message, at: span, notes: ["in the file: \(hexadecimal(bytes))"],
      help: replacement.isEmpty ? "remove it" : "write an ordinary space", fix: [Edit(span, replacement)])
  }

  private func encodingProblem(in bytes: [UInt8]) -> Problem {
    let run = hexadecimal(bytes)
    var problem = Problem(.notUTF8, "\(run) is not UTF-8", at: span)
    if let letter = latin1Letter(in: bytes) {
      problem.notes = ["it looks like Latin-1 (ISO 8859-1), where it is `\(letter)`"]
      problem.help = "save the file as UTF-8, for example with `iconv -f ISO-8859-1 -t UTF-8`"
    } else {
      problem.help = "save the file as UTF-8"
    }
    return problem
  }

  /// What a single byte means in Latin-1, when it is a printable one.
  private func latin1Letter(in bytes: [UInt8]) -> Unicode.Scalar? {
    guard span.count == 1, span.start < bytes.count, bytes[span.start] >= 0xA0 else { return nil }
    return Unicode.Scalar(bytes[span.start])
  }

  private func hexadecimal(_ bytes: [UInt8]) -> String {
    let span = span.clamped(to: bytes.count)
    return bytes[span.start..<span.end].map { "0x" + $0.hexadecimal(digits: 2) }.joined(separator: " ")
  }
}

extension Unicode.Scalar {
  /// The scalar as Unicode writes it, such as `U+202E RIGHT-TO-LEFT OVERRIDE`.
  var codePointName: String {
    let number = "U+" + value.hexadecimal(digits: 4)
    guard let name = properties.name ?? properties.nameAlias else { return number }
    return "\(number) \(name)"
  }
}

extension FixedWidthInteger {
  /// At least `digits` upper-case hexadecimal digits.
  fileprivate func hexadecimal(digits: Int) -> String {
    let text = String(self, radix: 16, uppercase: true)
    return String(repeating: "0", count: Swift.max(0, digits - text.count)) + text
  }
}
