package import PolicyLanguage
internal import ResilienceCore

extension UpstreamModel {
  /// Reads phases with commas between them: `ok=20ms@30s,fail:transient=5ms@10s,p50=20ms/p99=200ms/errors=5%`.
  ///
  /// `@` says how long a phase lasts; the last goes on, whatever it says.
  package init(parsing text: String) throws(PlainNumber.Problem) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    var phases: [UpstreamPhase] = []
    var starts: UInt64 = 0
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      let phase = try UpstreamPhase(parsing: String(part), starts: starts, isLast: isLast)
      starts = phase.ends
      phases.append(phase)
    }
    self.phases = phases
  }
}

extension UpstreamPhase {
  fileprivate init(parsing text: String, starts: UInt64, isLast: Bool) throws(PlainNumber.Problem) {
    let halves = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    self.text = halves[0]
    self.starts = starts
    behaviour = try Behaviour(parsing: halves[0])
    var lasts = UInt64.max
    if halves.count > 1 {
      lasts = try PlainNumber.duration(halves[1])
      guard lasts > 0 else { throw PlainNumber.Problem("phase `\(text)` lasts no time", help: "leave it out") }
    } else if !isLast {
      throw PlainNumber.Problem(
        "phase `\(text)` does not say how long it lasts, so the next never comes", help: "write `\(text)@30s`")
    }
    ends = isLast ? .max : starts.addingSaturated(lasts)
  }
}

extension UpstreamPhase.Behaviour {
  private static let words = ["ok", "fail", "hang", "p50", "p99", "errors"]
  private static let grammar =
    "a phase is `ok=20ms`, `fail=5ms`, `fail:CLASS=5ms`, `hang` or `p50=20ms/p99=200ms/errors=5%`"

  fileprivate init(parsing text: String) throws(PlainNumber.Problem) {
    guard !text.isEmpty else { throw PlainNumber.Problem("a phase is empty", help: Self.grammar) }
    var values: [String: String] = [:]
    var first: String?
    for part in text.split(separator: "/", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let word = sides[0]
      first = first ?? word
      guard values.updateValue(sides.count > 1 ? sides[1] : "", forKey: word) == nil else {
        throw PlainNumber.Problem("phase `\(text)` says `\(word)` twice", help: Self.grammar)
      }
    }
    let word = first ?? ""
    switch word {
    case "ok": self = .success(takes: try Self.only(word, of: values, in: text))
    case "fail": self = .failure(errorClass: "other", takes: try Self.only(word, of: values, in: text))
    case "hang":
      guard values == ["hang": ""] else {
        throw PlainNumber.Problem("`hang` takes no value", help: "write `hang`, or `hang@30s` for how long")
      }
      self = .hang
    case "p50", "p99", "errors": self = try Self.mixed(values, in: text)
    default:
      guard word.hasPrefix("fail:"), word.count > 5 else { throw Self.unknown(word) }
      self = .failure(errorClass: String(word.dropFirst(5)), takes: try Self.only(word, of: values, in: text))
    }
  }

  private static func only(
    _ word: String, of values: [String: String], in text: String
  ) throws(PlainNumber.Problem) -> UInt64 {
    guard values.count == 1, let value = values[word] else {
      throw PlainNumber.Problem("phase `\(text)` says more than `\(word)`", help: grammar)
    }
    guard !value.isEmpty else {
      throw PlainNumber.Problem("`\(word)` does not say how long an attempt takes", help: "write `\(word)=20ms`")
    }
    return try PlainNumber.duration(value)
  }

  private static func mixed(_ values: [String: String], in text: String) throws(PlainNumber.Problem) -> Self {
    if let stranger = values.keys.sorted().first(where: { !["p50", "p99", "errors"].contains($0) }) {
      throw unknown(stranger)
    }
    guard let median = values["p50"], let high = values["p99"] else {
      throw PlainNumber.Problem(
        "phase `\(text)` lacks `\(values["p50"] == nil ? "p50" : "p99")`", help: "write both: `p50=20ms/p99=200ms`")
    }
    let p50 = try PlainNumber.duration(median)
    let p99 = try PlainNumber.duration(high)
    guard p50 > 0, p99 >= p50 else {
      throw PlainNumber.Problem(
        "`p50` of `\(text)` is \(p50 == 0 ? "nothing" : "above its `p99`")",
        help: "99 of 100 calls take no longer than `p99`, half of them no longer than `p50`")
    }
    var errors = Ratio.zero
    if let share = values["errors"] { errors = try PlainNumber.ratio(share) }
    return .mixed(LatencyCurve(p50: p50, p99: p99), errors: errors)
  }

  private static func unknown(_ word: String) -> PlainNumber.Problem {
    let nearest = NearestName(to: word, among: words).question
    return PlainNumber.Problem("there is no phase `\(word)`", help: nearest ?? grammar)
  }
}
