extension HealthSnapshot {
  /// The snapshot as JSON, in one line.
  ///
  /// `{"status":"degraded","timestamp":"2027-03-31T09:30:00.000Z","components":[{"name":…,"status":…,"critical":…,
  /// "message":…,"timestamp":…,"latency":…,"details":{…}}]}`. A latency is in milliseconds; what is not known is `null`.
  public var json: String {
    let parts = components.map(\.json).joined(separator: ",")
    return "{\"status\":\(status.rawValue.json),\"timestamp\":\(time.description.json),\"components\":[\(parts)]}"
  }
}

extension HealthComponent {
  fileprivate var json: String {
    let fields = [
      ("name", name.json), ("status", status.rawValue.json), ("critical", isCritical ? "true" : "false"),
      ("message", message?.json ?? "null"), ("timestamp", answeredAt?.description.json ?? "null"),
      ("latency", latency?.milliseconds ?? "null"), ("details", details.json),
    ]
    return "{" + fields.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
  }
}

extension [String: String] {
  /// An object, its members by name.
  fileprivate var json: String {
    "{" + sorted { $0.key < $1.key }.map { "\($0.key.json):\($0.value.json)" }.joined(separator: ",") + "}"
  }
}

extension Duration {
  /// Milliseconds to the microsecond: `12.345`.
  fileprivate var milliseconds: String {
    let micros = nanoseconds / 1_000
    let fraction = "\(1_000 + micros % 1_000)".dropFirst()
    return "\(micros / 1_000).\(fraction)"
  }
}

extension String {
  /// The text as JSON writes it (RFC 8259, 7): quotes, backslashes and control characters escaped, nothing else.
  fileprivate var json: String {
    var text = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }
}
