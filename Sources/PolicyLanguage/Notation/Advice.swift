/// Why a text is not what a field reads, and what would be.
struct Advice: Error {
  let rule: Rule
  /// A sentence about the text, without the field's name.
  let message: String
  var help: String?
  /// What can stand in its place.
  var replacement: String?
  var safety: Fix.Safety = .safe

  init(_ rule: Rule, _ message: String, help: String? = nil, replacement: String? = nil, safety: Fix.Safety = .safe) {
    self.rule = rule
    self.message = message
    self.help = help ?? replacement.map { "write `\($0)`" }
    self.replacement = replacement
    self.safety = safety
  }
}
