import Glibc

/// Starts commands in process groups of their own.
struct Spawner: Sendable {
  let signals: Signals

  /// Starts a command as the leader of a new process group; its output goes where that of `policy` goes.
  ///
  /// - Returns: The process, which is also its group's number.
  /// - Throws: The system's errno value, such as `ENOENT`.
  func start(_ command: Command, input: Command.Input) throws(SpawnFailure) -> pid_t {
    var attributes = posix_spawnattr_t()
    try check(unsafe posix_spawnattr_init(&attributes))
    defer { unsafe _ = posix_spawnattr_destroy(&attributes) }
    try prepare(&attributes)

    var files = unsafe posix_spawn_file_actions_t()
    try check(unsafe posix_spawn_file_actions_init(&files))
    defer { unsafe _ = posix_spawn_file_actions_destroy(&files) }
    if input == .nothing {
      try check(unsafe posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0))
    }

    var process: pid_t = 0
    let words = [command.program] + command.arguments
    try check(
      unsafe withCStrings(words) { words in
        unsafe posix_spawnp(&process, command.program, &files, &attributes, words, environ)
      })
    return process
  }

  private func prepare(_ attributes: inout posix_spawnattr_t) throws(SpawnFailure) {
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    try check(unsafe posix_spawnattr_setflags(&attributes, Int16(flags)))
    try check(unsafe posix_spawnattr_setpgroup(&attributes, 0))
    var mask = signals.inheritedMask
    try check(unsafe posix_spawnattr_setsigmask(&attributes, &mask))
    var defaults = sigset_t()
    unsafe sigemptyset(&defaults)
    unsafe sigaddset(&defaults, SIGPIPE)
    try check(unsafe posix_spawnattr_setsigdefault(&attributes, &defaults))
  }

  private func check(_ status: Int32) throws(SpawnFailure) {
    if status != 0 { throw SpawnFailure(errno: status) }
  }
}

/// The system refused to start a command.
struct SpawnFailure: Error {
  let errno: Int32
}

/// Calls `body` with the words as C wants them, ended by a null pointer.
private func withCStrings<Result>(
  _ words: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  var pointers = unsafe words.map { unsafe strdup($0) }
  unsafe pointers.append(nil)
  defer { for index in unsafe pointers.indices { unsafe free(pointers[index]) } }
  return unsafe pointers.withUnsafeBufferPointer { buffer in
    guard let base = buffer.baseAddress else { preconditionFailure("an array with an element has an address") }
    return unsafe body(base)
  }
}
