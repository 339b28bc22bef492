import Glibc

/// Starts `policy` by way of a shell script that becomes it.
struct Start {
  private let words: [String]

  /// - Parameter script: Gets the workplace's path as `$0`, and `policy` with its arguments as `$@`.
  init(script: String, in workplace: Workplace, _ arguments: [String]) {
    words = ["/bin/sh", "-c", script, workplace.path, Start.program] + arguments
  }

  /// Starts it with its output on a descriptor, which is closed here.
  func process(output: Int32) throws -> pid_t {
    defer { close(output) }
    var files = unsafe posix_spawn_file_actions_t()
    unsafe _ = posix_spawn_file_actions_init(&files)
    defer { unsafe _ = posix_spawn_file_actions_destroy(&files) }
    unsafe _ = posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO)
    unsafe _ = posix_spawn_file_actions_addclose(&files, output)
    return try unsafe spawn(&files, flags: 0)
  }

  /// Starts it as the leader of a session whose terminal this is.
  func process(terminal: String) throws -> pid_t {
    var files = unsafe posix_spawn_file_actions_t()
    unsafe _ = posix_spawn_file_actions_init(&files)
    defer { unsafe _ = posix_spawn_file_actions_destroy(&files) }
    unsafe _ = posix_spawn_file_actions_addopen(&files, STDIN_FILENO, terminal, O_RDWR, 0)
    unsafe _ = posix_spawn_file_actions_adddup2(&files, STDIN_FILENO, STDOUT_FILENO)
    unsafe _ = posix_spawn_file_actions_adddup2(&files, STDIN_FILENO, STDERR_FILENO)
    // In the C library's headers, and not among the constants that Swift sees.
    let newSession: Int32 = 0x80
    return try unsafe spawn(&files, flags: newSession)
  }

  private func spawn(_ files: UnsafePointer<posix_spawn_file_actions_t>, flags: Int32) throws -> pid_t {
    var attributes = posix_spawnattr_t()
    unsafe _ = posix_spawnattr_init(&attributes)
    defer { unsafe _ = posix_spawnattr_destroy(&attributes) }
    // A test's thread may have signals blocked or ignored that a shell's commands would get.
    var signals = sigset_t()
    unsafe _ = sigemptyset(&signals)
    unsafe _ = posix_spawnattr_setsigmask(&attributes, &signals)
    unsafe _ = sigfillset(&signals)
    unsafe _ = posix_spawnattr_setsigdefault(&attributes, &signals)
    let all = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | flags
    unsafe _ = posix_spawnattr_setflags(&attributes, Int16(all))

    var pointers = unsafe words.map { unsafe strdup($0) }
    unsafe pointers.append(nil)
    defer { for index in unsafe pointers.indices { unsafe free(pointers[index]) } }
    var process: pid_t = 0
    let status = unsafe posix_spawn(&process, words[0], files, &attributes, pointers, environ)
    guard status == 0 else { throw SystemCallFailure(errno: status) }
    return process
  }

  /// The program, which is built into the folder of the tests.
  private static let program: String = {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = unsafe readlink("/proc/self/exe", &buffer, buffer.count)
    let bytes = buffer.prefix(max(0, count)).map(UInt8.init(bitPattern:))
    let own = String(decoding: bytes, as: UTF8.self).split(separator: "/", omittingEmptySubsequences: false)
    return (own.dropLast() + ["policy"]).joined(separator: "/")
  }()
}
