/// What callgrind counted of one line: all instructions, and how often functions were called.
struct InstructionProfile {
  let name: String
  let instructions: Double
  let calls: [String: Double]

  /// Reads callgrind's format (valgrind manual, "Callgrind Format Specification"): a name is written once, with a number in
  /// brackets that stands for it from then on.
  init?(_ text: String) {
    let trigger = "desc: Trigger: Client Request: "
    var name: String?
    var total: Double?
    var names: [Substring: Substring] = [:]
    var calls: [String: Double] = [:]
    var callee: Substring = ""
    for line in text.split(separator: "\n") {
      if line.hasPrefix(trigger) {
        name = String(line.dropFirst(trigger.count))
      } else if line.hasPrefix("totals:") || line.hasPrefix("summary:") {
        total = line.split(separator: " ").last.flatMap { Double($0) }
      } else if line.hasPrefix("fn=") || line.hasPrefix("cfn=") {
        let entry = line.drop { $0 != "(" }
        let number = entry.prefix { $0 != " " }
        if number.count < entry.count { names[number] = entry.dropFirst(number.count + 1) }
        if line.hasPrefix("c") { callee = names[number] ?? number }
      } else if line.hasPrefix("calls=") {
        let count = line.dropFirst(6).prefix { $0 != " " }
        calls[String(callee), default: 0] += Double(count) ?? 0
      }
    }
    guard let name, let total else { return nil }
    self.name = name
    instructions = total
    self.calls = calls
  }

  /// Reference counts that were changed: every one is a write to memory that threads may share.
  var referenceCounts: Double {
    calls.filter { $0.key.hasPrefix("swift_retain") || $0.key.hasPrefix("swift_release") }.values.reduce(0, +)
  }
}
