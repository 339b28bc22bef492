import LocatedYAML
public import PolicyLanguage

/// All that a check found out, ready to be written in any format.
public struct Report: Sendable {
  /// One file that was asked for.
  public struct File: Sendable {
    public let path: String
    /// The environments it was checked in; empty for a file without any.
    public var environments: [String]
    /// Why it could not be checked, or not to its end; `nil` for a file that was.
    public var problem: String?

    public init(path: String, environments: [String] = [], problem: String? = nil) {
      self.path = path
      self.environments = environments
      self.problem = problem
    }
  }

  public var files: [File]
  /// The findings that count, in the order of the files and of the places in them.
  public var findings: [Finding]
  /// The findings that somebody waived.
  public var suppressed: [Finding]
  /// What could not be looked at and belongs to no file: a pattern that matches nothing.
  public var problems: [String]
  /// The files that do not load in some environment, so that their policies were not analysed there.
  public internal(set) var unloadable: [String] = []

  /// An environment was asked for that no file has.
  public internal(set) var unknownEnvironment: UnknownEnvironment?

  public init(files: [File] = [], findings: [Finding] = [], suppressed: [Finding] = [], problems: [String] = []) {
    self.files = files
    self.findings = findings
    self.suppressed = suppressed
    self.problems = problems
  }

  /// Whether something that was asked for was not looked at.
  public var isIncomplete: Bool { !problems.isEmpty || files.contains { $0.problem != nil } }

  public func count(of severity: Severity) -> Int { findings.count { $0.severity == severity } }
}

/// The name of an environment that no file has.
public struct UnknownEnvironment: Sendable, Hashable {
  public let name: String
  /// The nearest names in a question; `nil` when none is near.
  public let question: String?
  public let existing: [String]
}

/// What of a report is written, and how.
public struct ReportOptions: Sendable {
  /// At most so many findings are written; `nil`: all.
  public var maximumFindings: Int?
  public var showsSuppressed = false
  public var palette = Palette.plain
  /// The width of the terminal, in cells.
  public var width = 120

  public init() {}
}

extension Report {
  /// The findings that are written, in order.
  func shown(_ options: ReportOptions) -> [Finding] {
    let all = options.showsSuppressed ? inOrder(findings + suppressed) : findings
    return options.maximumFindings.map { Array(all.prefix($0)) } ?? all
  }

  /// By file as they are listed, then by place.
  private func inOrder(_ findings: [Finding]) -> [Finding] {
    let order = Dictionary(
      findings.enumerated().map { ($0.element.diagnostic.location.source.path, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    func key(_ finding: Finding) -> (Int, Int, String) {
      let place = finding.diagnostic.location
      return (order[place.source.path] ?? .max, place.span.start, finding.rule.code)
    }
    return findings.sorted { key($0) < key($1) }
  }
}
