import LocatedYAML
import PolicyLanguage

/// Checks one file in all that it says: text, YAML, shape, names, and what its policies do.
struct FileCheck {
  let options: CheckOptions
  let loader: PolicyLoader

  /// What was found in one file.
  struct Result: Sendable {
    var environments: [String] = []
    var findings: [Finding] = []
    /// Why it was not checked to its end.
    var problem: String?
    /// The files that belong to it, itself included.
    var sources: [SourceText] = []
    /// It could not be loaded in some environment, so its policies were not analysed there.
    var isUnloadable = false
    /// It has no environment of the name that was asked for, and was checked in its base.
    var lacksEnvironment = false
  }

  func check(_ path: String) -> Result {
    let file = loader.loadAllEnvironments(path)
    var result = Result(environments: file.documents.compactMap(\.environment), sources: file.sources)
    if let problem = file.incomplete.first {
      result.problem = problem.path == path ? problem.reason : "\(problem.path): \(problem.reason)"
    }
    let environments = environments(of: file)
    result.lacksEnvironment = environments != options.environments
    let documents = file.documents.filter { environments == .all || environments == $0.environment.map { .one($0) } }
    result.isUnloadable = documents.contains { $0.document == nil }
    let found = diagnostics(of: file, path, in: environments).map { Finding($0) } + AnalysisSubject(documents).analyse()
    if found.contains(where: { $0.rule.code == limitCode }) { result.problem = result.problem ?? "a limit was reached" }
    result.findings = suppress(found.filter { options.selection.contains($0.rule) }, in: file, result)
    return result
  }

  /// The environments that were asked for; all of a file that does not have the one.
  private func environments(of file: LoadedPolicyFile) -> CheckOptions.Environments {
    guard case .one(let name) = options.environments else { return .all }
    return file.documents.contains { $0.environment == name } ? .one(name) : .all
  }

  private func diagnostics(
    of file: LoadedPolicyFile, _ path: String, in environments: CheckOptions.Environments
  ) -> [Diagnostic] {
    switch environments {
    case .all: file.diagnostics
    case .one(let name): loader.load(path, environment: name).diagnostics
    }
  }

  private func suppress(_ found: [Finding], in file: LoadedPolicyFile, _ result: Result) -> [Finding] {
    var findings = found
    if options.obeysSuppressions {
      var suppressions = Suppressions(
        SuppressionPolicy(today: options.today, requiresReason: options.requiresReason))
      for source in file.sources where source.mentionsLinter {
        suppressions.add(commentsOf: loadYAML(source))
      }
      suppressions.add(file.documents.lazy.compactMap(\.document).first?.waivers ?? [])
      findings = suppressions.apply(to: found) { isChecked($0, result) }
        .filter { options.selection.contains($0.rule) }
    }
    findings = findings.inFileOrder(of: file.sources)
    findings.fingerprint()
    return findings
  }

  /// Whether the rules of a request were looked for in this run.
  private func isChecked(_ request: SuppressionRequest, _ result: Result) -> Bool {
    LintRules.all.contains { rule in
      request.selector.weight(for: rule) != nil && options.selection.contains(rule)
        && !(result.isUnloadable && rule.isAnalysis)
    }
  }
}

extension Rule {
  /// RP4xx to RP8xx: what can only be asked of a file that loads.
  var isAnalysis: Bool { code >= "RP4" && code < "RP9" }
}

/// The rule about files that are larger than is read.
private let limitCode = "RP005"

extension SourceText {
  /// Whether any comment could speak to the linter.
  fileprivate var mentionsLinter: Bool {
    let word = Array("policy-lint".utf8)
    var rest = bytes[...]
    while let start = rest.firstIndex(where: { $0 | 0x20 == word[0] }) {
      rest = rest[start...]
      if rest.count >= word.count, zip(rest, word).allSatisfy({ $0 | 0x20 == $1 || $0 == $1 }) { return true }
      rest = rest.dropFirst()
    }
    return false
  }
}
