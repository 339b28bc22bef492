#if canImport(Glibc)
  package import Glibc
#elseif canImport(Darwin)
  package import Darwin
#endif

/// A program that was started as the leader of a process group of its own, and has to be awaited.
package struct SpawnedProcess: Sendable {
  /// The process, which is also its group's number.
  package let number: pid_t

  /// What a new process gets of its parent.
  package struct Inheritance: Sendable {
    /// Its signal mask.
    package var mask: sigset_t
    /// Whether it reads what its parent reads; otherwise it reads end of file.
    package var input: Bool
    /// Where its output and its errors go; `nil`: where its parent's go.
    package var output: Int32?

    /// An empty mask, no input, and the parent's output.
    package init(mask: sigset_t? = nil, input: Bool = false, output: Int32? = nil) {
      var none = sigset_t()
      unsafe sigemptyset(&none)
      self.mask = mask ?? none
      self.input = input
      self.output = output
    }
  }

  /// The system refused to start a program.
  package struct Refusal: Error, Hashable {
    package let errno: Int32
  }

  /// Starts a program, looked up on the `PATH` unless it contains a slash.
  ///
  /// - Parameter words: The program and its arguments, nothing interpreted; at least one.
  package init(_ words: [String], _ inheritance: Inheritance) throws(Refusal) {
    guard let program = words.first else { throw Refusal(errno: EINVAL) }
    #if canImport(Glibc)
      var attributes = posix_spawnattr_t()
      var files = unsafe posix_spawn_file_actions_t()
    #else
      var attributes: posix_spawnattr_t?
      var files: posix_spawn_file_actions_t?
    #endif
    try Self.check(unsafe posix_spawnattr_init(&attributes))
    defer { unsafe _ = posix_spawnattr_destroy(&attributes) }
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    try Self.check(unsafe posix_spawnattr_setflags(&attributes, Int16(flags)))
    try Self.check(unsafe posix_spawnattr_setpgroup(&attributes, 0))
    var mask = inheritance.mask
    try Self.check(unsafe posix_spawnattr_setsigmask(&attributes, &mask))
    var defaults = sigset_t()
    unsafe sigemptyset(&defaults)
    unsafe sigaddset(&defaults, SIGPIPE)
    try Self.check(unsafe posix_spawnattr_setsigdefault(&attributes, &defaults))

    try Self.check(unsafe posix_spawn_file_actions_init(&files))
    defer { unsafe _ = posix_spawn_file_actions_destroy(&files) }
    if !inheritance.input {
      try Self.check(unsafe posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0))
    }
    if let output = inheritance.output {
      try Self.check(unsafe posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO))
      try Self.check(unsafe posix_spawn_file_actions_adddup2(&files, output, STDERR_FILENO))
    }
    var process: pid_t = 0
    try Self.check(
      unsafe withCStrings(words) { words in
        unsafe posix_spawnp(&process, program, &files, &attributes, words, environ)
      })
    number = process
  }

  private static func check(_ status: Int32) throws(Refusal) {
    if status != 0 { throw Refusal(errno: status) }
  }
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
