extension TextNotation where Value == String {
  /// The name of a gRPC status that is a failure: `UNAVAILABLE`.
  static var grpcStatus: TextNotation {
    TextNotation(
      .text(TextShape("gRPC status", examples: ["UNAVAILABLE", "RESOURCE_EXHAUSTED"], pattern: "^[A-Z]+(_[A-Z]+)*$")),
      parse: { text throws(Advice) in try GRPCText.parse(text) }, show: { $0 })
  }
}

/// The names of gRPC statuses, at the places of their numbers (grpc/grpc, doc/statuscodes.md).
enum GRPCText {
  private static let names = [
    "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS",
    "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED",
    "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
  ]

  static func parse(_ text: String) throws(Advice) -> String {
    if text != "OK", names.contains(text) { return text }
    throw advice(text)
  }

  private static func advice(_ text: String) -> Advice {
    let complaint = "`\(text)` is not the name of a gRPC status"
    if text.uppercased() == "OK" || text == "0" { return Advice(.wrongType, "`\(text)` is not a failure") }
    if let number = Int(text), names.indices.contains(number) {
      return Advice(.wrongType, complaint, replacement: names[number])
    }
    let letters = text.uppercased().filter(\.isLetter)
    if let name = names.first(where: { $0.filter(\.isLetter) == letters || $0 == "CANCELLED" && letters == "CANCELED" })
    {
      return Advice(.wrongType, complaint, replacement: name)
    }
    if let near = NearestName(to: text.uppercased(), among: names.dropFirst()).best {
      return Advice(.wrongType, complaint, replacement: near, safety: .unsafe)
    }
    return Advice(.wrongType, complaint, help: "write a name such as `UNAVAILABLE`")
  }
}
