#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A program that was run to its end, and ended with 0.
struct Program: Sendable {
  struct NotRun: Error {
    let reason: String
  }

  /// From its start to its end, in seconds.
  let took: Double
  /// Of its own code, in seconds of a processor.
  let userTime: Double

  /// Runs a program by its path, or by its name where the search path finds it.
  ///
  /// - Parameter words: The program, and its arguments.
  /// - Parameter isSilent: Whether what it prints goes nowhere.
  static func run(_ words: [String], isSilent: Bool = false) throws(NotRun) -> Program {
    var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
    defer { for index in unsafe arguments.indices { unsafe free(arguments[index]) } }
    #if canImport(Glibc)
      var actions = unsafe posix_spawn_file_actions_t()
    #else
      var actions: posix_spawn_file_actions_t?
    #endif
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    if isSilent {
      for descriptor in [STDOUT_FILENO, STDERR_FILENO] {
        unsafe posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
      }
    }
    let start = now()
    var child = pid_t()
    guard unsafe posix_spawnp(&child, words[0], &actions, nil, &arguments, environ) == 0 else {
      throw NotRun(reason: "\(words[0]) is not there")
    }
    var status: Int32 = 0
    var usage = rusage()
    guard unsafe wait4(child, &status, 0, &usage) == child, status == 0 else {
      throw NotRun(reason: "\(words[0]) ended with status \(status)")
    }
    let user = Double(usage.ru_utime.tv_sec) + Double(usage.ru_utime.tv_usec) / 1e6
    return Program(took: now() - start, userTime: user)
  }

  private static func now() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
