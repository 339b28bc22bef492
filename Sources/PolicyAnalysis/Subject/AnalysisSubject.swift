import LocatedYAML
package import PolicyLanguage

/// What the rules of analysis look at: one file, in its base and in each of its environments.
package struct AnalysisSubject: Sendable {
  /// The file in one environment; `nil` is the base.
  package struct Variant: Sendable {
    package let environment: String?
    package let document: PolicyDocument
  }

  /// Those that loaded.
  package let variants: [Variant]

  package init(_ documents: [(environment: String?, document: PolicyDocument?)]) {
    variants = documents.compactMap { environment, document in
      document.map { Variant(environment: environment, document: $0) }
    }
  }

  /// What `check` finds in each variant, equal findings once, with the environments they were found in.
  func findings(in check: (PolicyDocument) -> [Finding]) -> [Finding] {
    merge(variants.map { variant in (variant.environment, check(variant.document)) })
  }

  private func merge(_ found: [(environment: String?, findings: [Finding])]) -> [Finding] {
    var merged: [Finding] = []
    var places: [FindingIdentity: Int] = [:]
    for (environment, findings) in found {
      for finding in findings {
        let identity = FindingIdentity(finding)
        let index = places[identity] ?? merged.count
        if index == merged.count {
          merged.append(finding)
          places[identity] = index
        }
        merged[index].environments.append(environment ?? Self.baseName)
      }
    }
    for index in merged.indices where merged[index].environments.count == variants.count {
      merged[index].environments = []
    }
    return merged
  }

  /// How the file without any environment's overrides is called.
  static let baseName = "base"
}

/// What makes two findings the same: rule, places and words.
private struct FindingIdentity: Hashable {
  private let rule: String
  private let message: String
  private let places: [Location]

  init(_ finding: Finding) {
    rule = finding.rule.code
    message = finding.diagnostic.message
    places = [finding.diagnostic.location] + finding.diagnostic.related.map(\.location)
  }
}

extension PolicyDocument {
  /// The place where a number stands if that is one of the files; presets stand in none.
  func place(_ origin: Location?, else fallback: Location) -> Location {
    guard let origin, sources.contains(where: { $0 === origin.source }) else { return fallback }
    return origin
  }
}
