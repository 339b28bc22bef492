import PolicyLanguage

/// The rules about comments and waivers that ask for findings to be ignored.
enum SuppressionRule {
  static let all: [Rule] = [.unusedIgnore, .unclearIgnore, .unusedWaiver, .expiredSuppression, .unexplainedSuppression]
}
