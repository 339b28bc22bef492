internal import LocatedYAML

/// A JSON value; the members of an object keep their order.
indirect enum JSON: Sendable {
  case null
  case flag(Bool)
  case whole(Int)
  case number(Double)
  case text(String)
  case list([JSON])
  case object([(key: String, value: JSON)])

  /// The text of the value, indented by two spaces a level; lists and objects without inner ones stay on their line.
  func written(indent: String = "") -> String {
    switch self {
    case .null: return "null"
    case .flag(let flag): return flag ? "true" : "false"
    case .whole(let number): return "\(number)"
    case .number(let number): return "\(number)"
    case .text(let text): return JSON.quoted(text)
    case .list(let items):
      return JSON.block("[", items.map { $0.written(indent: indent + "  ") }, "]", flat: isFlat, indent: indent)
    case .object(let members):
      let texts = members.map { "\(JSON.quoted($0.key)): \($0.value.written(indent: indent + "  "))" }
      return JSON.block("{", texts, "}", flat: isFlat, indent: indent)
    }
  }

  private var isFlat: Bool {
    switch self {
    case .list(let items): items.allSatisfy(\.isScalar)
    case .object(let members): members.count <= 1 && members.allSatisfy { $0.value.isScalar }
    default: true
    }
  }

  private var isScalar: Bool {
    switch self {
    case .list(let items): items.isEmpty
    case .object(let members): members.isEmpty
    default: true
    }
  }

  private static func block(_ open: String, _ parts: [String], _ close: String, flat: Bool, indent: String) -> String {
    if flat { return open + parts.joined(separator: ", ") + close }
    let inner = indent + "  "
    return open + "\n" + parts.map { inner + $0 }.joined(separator: ",\n") + "\n" + indent + close
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case "\u{0}"..."\u{1F}": quoted += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

extension JSON {
  /// A value as the usual YAML readers hand it on.
  init(_ node: Node) {
    let node = node.resolved
    switch node.kind {
    case .sequence: self = .list(node.items.map { JSON($0) })
    case .mapping: self = .object(node.entries.map { ($0.key.resolved.text, JSON($0.value)) })
    case .alias: self = .null
    case .scalar: self = node.style == .plain ? JSON(plain: node.text) : .text(node.text)
    }
  }

  /// A plain scalar by the core schema of YAML 1.2.
  init(plain text: String) {
    switch text {
    case "", "~", "null": self = .null
    case "true": self = .flag(true)
    case "false": self = .flag(false)
    default:
      if let number = Int(text) {
        self = .whole(number)
      } else if text.first?.isASCIIDigit == true, let number = Double(text) {
        self = .number(number)
      } else {
        self = .text(text)
      }
    }
  }

  /// What a field's example says; `nil` when it is not YAML.
  init?(example: String) {
    let document = loadYAML(SourceText(path: "example", bytes: Array("value: \(example)\n".utf8)))
    guard let node = document.root?.value("value") else { return nil }
    self.init(node)
  }
}
