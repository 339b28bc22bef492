import Glibc
import ResilienceCore

/// Starts commands in process groups of their own.
struct Spawner: Sendable {
  let signals: Signals

  /// Starts a command as the leader of a new process group; its output goes where that of `policy` goes.
  ///
  /// - Returns: The process, which is also its group's number.
  /// - Throws: The system's errno value, such as `ENOENT`.
  func start(_ command: Command, input: Command.Input) throws(SpawnFailure) -> pid_t {
    let inheritance = SpawnedProcess.Inheritance(mask: signals.inheritedMask, input: input == .inherited)
    do throws(SpawnedProcess.Refusal) {
      return try SpawnedProcess([command.program] + command.arguments, inheritance).number
    } catch {
      throw SpawnFailure(errno: error.errno)
    }
  }
}

/// The system refused to start a command.
struct SpawnFailure: Error {
  let errno: Int32
}
