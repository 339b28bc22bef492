import PolicyLanguage
import Resilience
import Synchronization

/// One `policy run`: from the policy file to the exit status.
final class PolicyRun: Sendable {
  /// What the user's signal came to.
  private struct Interruption {
    let signal: Int32
    /// How the command ended that was running then.
    var end: CommandEnd?
  }

  private let arguments: RunArguments
  private let warden: Warden
  private let output: StandardError
  private let narrator: Narrator
  /// The first attempt reads what this process reads; nobody else does.
  private let inputIsTaken = Atomic(false)
  private let interruption = Mutex<Interruption?>(nil)

  init(_ arguments: RunArguments, warden: Warden, output: StandardError) {
    self.arguments = arguments
    self.warden = warden
    self.output = output
    narrator = Narrator(output, isQuiet: arguments.isQuiet)
  }

  /// The user ended the call with a signal.
  func interrupted(by signal: Int32) { interruption.withLock { $0 = Interruption(signal: signal) } }

  /// Makes the call.
  ///
  /// - Returns: The status to exit with.
  func run() async -> Int32 {
    do {
      return finish(with: try await call())
    } catch {
      return finish(with: error)
    }
  }

  private func call() async throws -> Answer {
    let environment = arguments.environment ?? Environment["RESILIENCE_ENVIRONMENT"]
    let standIns = try StandIns(in: arguments.policies, environment: environment)
    try standIns.check(arguments)
    let engine = try await ResilienceEngine(
      policiesAt: arguments.policies, environment: environment,
      handlers: fallbacks(standIns.handlers, arguments.handlers),
      operations: fallbacks(standIns.operations.union(standIns.unused.operations), arguments.operations),
      healthChecks: standIns.unused.checks, recoveryHandlers: standIns.unused.handlers, observer: narrator.tell)
    let policy = try engine.policy(arguments.operation, returning: Answer.self, concurrent: true)
    return try await policy.run(labels: arguments.labels) { try await self.attempt() }
  }

  /// One attempt of the operation.
  private func attempt() async throws -> Answer {
    let isFirst = !inputIsTaken.exchange(true, ordering: .relaxed)
    let end = try await warden.run(arguments.command, input: isFirst ? .inherited : .nothing)
    narrator.attemptEnded(end)
    interruption.withLock { $0?.end = end }
    guard end.isSuccess else { throw CommandFailure(command: arguments.command.program, end: end) }
    return .passedThrough
  }

  /// The code for each name that the file mentions. Only names that a given line stands for are ever called.
  private func fallbacks(_ names: Set<String>, _ lines: [String: String]) -> [String: FallbackHandler] {
    let mentioned = names.map { name in
      let line = lines[name] ?? "exit 1"
      let handler = FallbackHandler(returning: Answer.self) { _ in
        let end = try await self.warden.run(.shell(line), input: .nothing)
        guard end.isSuccess else { throw CommandFailure(command: name, end: end) }
        return .passedThrough
      }
      return (name, handler)
    }
    return Dictionary(uniqueKeysWithValues: mentioned)
  }

  private func finish(with answer: Answer) -> Int32 {
    guard case .text(let text) = answer else { return 0 }
    return OutputFile.standardOutput.write(text) ? 0 : ExitStatus.inputOutput
  }

  private func finish(with error: any Error) -> Int32 {
    if let interruption = interruption.withLock({ $0 }) {
      return interruption.end?.status ?? 128 + interruption.signal
    }
    let ending = Ending(error, policies: arguments.policies)
    for line in ending.lines { output.say(line, .failure) }
    for finding in ending.findings { output.write("\(finding)\n") }
    return ending.status
  }
}
