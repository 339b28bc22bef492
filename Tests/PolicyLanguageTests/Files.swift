import LocatedYAML
import PolicyLanguage

/// Loads from texts in memory.
func loader(_ files: [String: String]) -> PolicyLoader {
  PolicyLoader { path in
    files[path].map { .success(Array($0.utf8)) }
      ?? readFile("absent/" + path, limit: 0)
  }
}

/// Loads one file in its base.
func load(_ text: String, environment: String? = nil) -> LoadedPolicies {
  loader(["policies.yaml": text]).load("policies.yaml", environment: environment)
}

/// Loads one file in every environment.
func loadAll(_ text: String) -> LoadedPolicyFile {
  loader(["policies.yaml": text]).loadAllEnvironments("policies.yaml")
}

extension Diagnostic {
  /// `RP201:7`
  var brief: String { "\(rule.code):\(location.line)" }
}
