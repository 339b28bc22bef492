import LocatedYAML
import PolicyAnalysis
import PolicyLanguage
import PolicySimulation

extension Command {
  static let simulate = Command(
    name: "simulate", usage: "simulate FILE OPERATION (--upstream SPEC | --script FILE) [option]...",
    summary: "Runs calls of an operation on virtual time.",
    details: {
      """
      SPEC is one or more phases with commas between them:
        ok=20ms             attempts succeed after 20 ms
        fail=5ms            they fail after 5 ms with class `other`
        fail:CLASS=5ms      … with a class of the file
        hang                they never end by themselves
        p50=20ms/p99=200ms/errors=5%
                            half of them take 20 ms at most, 99 of 100 take 200 ms at most
                            (log-normal), and 5 of 100 fail
      @30s behind a phase says how long it lasts; the last goes on.

      \(HelpText.options(SimulateSettings.options))
      """
    },
    run: { arguments throws(UsageError) in
      var settings = SimulateSettings()
      let operands = try parse(arguments, SimulateSettings.options, into: &settings)
      guard operands.count == 2 else {
        throw UsageError(
          "`simulate` takes FILE OPERATION", help: "policy-lint simulate policies.yaml users.get --upstream ok=20ms")
      }
      try settings.check()
      return try SimulateRun(path: operands[0], operation: operands[1], settings: settings).run()
    })
}

extension SimulateSettings {
  /// What of the options does not go together.
  fileprivate mutating func check() throws(UsageError) {
    guard destinations.count(where: { $0.file == nil }) <= 1 else {
      throw UsageError("two formats go to the standard output", help: "give one a file: `--format jsonl=FILE`")
    }
    if destinations.isEmpty { destinations = [Destination(format: .human, file: nil)] }
    if script != nil {
      let others =
        [("--upstream", upstream != nil), ("--calls", calls != nil), ("--every", every != nil)]
        + [("--rate", rate != nil), ("--for", time != nil)]
      if let other = others.first(where: \.1) {
        throw UsageError("`\(other.0)` has no place beside `--script`", help: "a script says everything itself")
      }
    } else if upstream == nil {
      throw UsageError(
        "nothing says what the callee does", help: "such as `--upstream ok=20ms`, or `--script FILE`")
    }
  }
}

/// One run of the command.
private struct SimulateRun {
  let path: String
  let operation: String
  let settings: SimulateSettings

  func run() throws(UsageError) -> ExitStatus {
    guard let document = try loadDocument() else { return showWhyNot() }
    guard Simulation.isKnown(operation, in: document) else {
      throw UsageError(
        "\(path) has no policy for operation `\(operation)`",
        help: NearestName(to: operation, among: document.operations.names).question
          ?? "`\"**\"` is the entry for every operation without one")
    }
    if let script = settings.script { return try replay(script, in: document) }
    guard let upstream = settings.upstream else { return .usage }
    try check(upstream, in: document)
    let calls = try settings.steadyCalls(upstream)
    return simulate(
      Simulation(of: operation, in: document, calls, luck: settings.luck, allowsChaos: settings.allowsChaos), calls,
      upstream.phases)
  }

  private func loadDocument() throws(UsageError) -> PolicyDocument? {
    let loaded = PolicyLoader().load(path, environment: settings.environment)
    guard let name = settings.environment, !loaded.environments.contains(name),
      PolicyLoader().load(path).document != nil
    else { return loaded.document }
    throw UsageError(
      "there is no environment `\(name)` in \(path)",
      help: NearestName(to: name, among: loaded.environments).question)
  }

  /// Shows what stops the file from loading.
  private func showWhyNot() -> ExitStatus {
    guard let today = today(), let selection = try? RuleSelection(select: ["RP0", "RP1", "RP2", "RP3"]) else {
      return .incomplete
    }
    var options = CheckOptions(today: today)
    options.selection = selection
    if let name = settings.environment { options.environments = .one(name) }
    var output = CheckSettings()
    output.destinations = [CheckSettings.Destination(format: .human, file: nil)]
    return ReportWriter(settings: output, report: Check(options).run(FoundFiles(path))).write()
  }

  private func check(_ upstream: UpstreamModel, in document: PolicyDocument) throws(UsageError) {
    let known = document.errors.map(\.name) + ["other"]
    guard let stranger = upstream.errorClasses.first(where: { !known.contains($0) }) else { return }
    throw UsageError(
      "`--upstream` names the error class `\(stranger)`, which \(path) does not have",
      help: NearestName(to: stranger, among: known).question ?? "there are \(known.joined(separator: ", "))")
  }

  // MARK: Scripts

  private func replay(_ scriptPath: String, in document: PolicyDocument) throws(UsageError) -> ExitStatus {
    let bytes: [UInt8]
    switch readFile(scriptPath, limit: Script.maximumBytes) {
    case .success(let read): bytes = read
    case .failure(let problem):
      complain("\(scriptPath): \(problem.reason)")
      return .incomplete
    }
    guard bytes.count <= Script.maximumBytes else {
      complain("\(scriptPath): a script is at most \(Script.maximumBytes >> 20) MiB")
      return .incomplete
    }
    do throws(ScriptProblems) {
      let script = try Script(bytes, path: scriptPath)
      let reloads = ReloadFiles(of: script, environment: settings.environment)
      try reloads.check(script, in: document)
      let calls = Simulation.Calls.script(script)
      let simulation = Simulation(
        of: operation, in: document, calls, luck: settings.luck, allowsChaos: settings.allowsChaos
      ) { reloads.document($0) }
      return simulate(simulation, calls, [])
    } catch {
      show(error)
      return .usage
    }
  }

  private func show(_ problems: ScriptProblems) {
    for problem in problems.all.prefix(20) { complain(problem.description, help: problem.help) }
    let hidden = problems.all.count - min(problems.all.count, 20)
    if hidden > 0 { complain("\(hidden) more errors in \(settings.script ?? "")") }
  }

  // MARK: Output

  private func simulate(
    _ simulation: Simulation, _ calls: Simulation.Calls, _ phases: [UpstreamPhase]
  ) -> ExitStatus {
    var output = SimulationOutput(operation: operation, phases: phases, calls: calls.count)
    return output.write(simulation, to: settings.destinations)
  }
}
