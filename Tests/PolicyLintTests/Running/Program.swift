#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The built `policy-lint`, run as its users run it.
struct Program {
  /// Where the standard output goes.
  enum Destination {
    case file
    /// A pipe that nobody reads.
    case closedPipe
    case device(String)
    case closed
  }

  struct Result {
    let status: Int32
    let output: String
    let errors: String
  }

  /// The working directory, in which the output is kept too.
  let folder: TemporaryFolder
  var environment: [String: String] = [:]

  /// Runs the program to its end. A status above 128 is a signal's number and 128.
  func run(_ arguments: String..., input: String? = nil, output: Destination = .file) throws -> Result {
    try run(arguments: arguments, input: input, output: output)
  }

  func run(arguments: [String], input: String? = nil, output: Destination = .file) throws -> Result {
    let inputPath = try input.map { try folder.write($0, to: "program.in") } ?? "/dev/null"
    let (outputPath, errorPath) = (folder.path("program.out"), folder.path("program.err"))
    var actions = try FileActions()
    defer { actions.destroy() }
    actions.open(inputPath, as: 0, O_RDONLY)
    var pipe: [Int32] = [-1, -1]
    switch output {
    case .file: actions.open(outputPath, as: 1, O_WRONLY | O_CREAT | O_TRUNC)
    case .device(let path): actions.open(path, as: 1, O_WRONLY)
    case .closed: actions.close(1)
    case .closedPipe:
      _ = unsafe Glibc.pipe(&pipe)
      _ = Glibc.close(pipe[0])
      actions.duplicate(pipe[1], as: 1)
    }
    actions.open(errorPath, as: 2, O_WRONLY | O_CREAT | O_TRUNC)
    // A shell changes the directory, because spawning cannot on every system.
    let change = ["-c", "cd \"$1\" && shift && exec \"$@\"", "sh", folder.path, try Self.path]
    let status = try actions.spawn("/bin/sh", change + arguments, environment)
    if pipe[1] >= 0 { _ = Glibc.close(pipe[1]) }
    return Result(
      status: status, output: (try? TemporaryFolder.read(outputPath)) ?? "", errors: try TemporaryFolder.read(errorPath)
    )
  }

  /// The program stands beside the test bundle.
  static var path: String {
    get throws {
      var buffer = [CChar](repeating: 0, count: 4096)
      let count = unsafe readlink("/proc/self/exe", &buffer, buffer.count - 1)
      guard count > 0 else { throw Failure("the test's own path is not known") }
      let own = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
      let directory = own[...(own.lastIndex(of: "/") ?? own.startIndex)]
      let path = directory + "policy-lint"
      guard unsafe access(String(path), X_OK) == 0 else { throw Failure("\(path) is not built") }
      return String(path)
    }
  }
}

struct Failure: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// What a new process does with its files before it begins.
@safe private struct FileActions {
  private var actions = unsafe posix_spawn_file_actions_t()

  init() throws {
    guard unsafe posix_spawn_file_actions_init(&actions) == 0 else { throw Failure("no file actions") }
  }

  mutating func destroy() { _ = unsafe posix_spawn_file_actions_destroy(&actions) }
  mutating func close(_ descriptor: Int32) { _ = unsafe posix_spawn_file_actions_addclose(&actions, descriptor) }
  mutating func open(_ path: String, as descriptor: Int32, _ flags: Int32) {
    _ = unsafe posix_spawn_file_actions_addopen(&actions, descriptor, path, flags, 0o644)
  }
  mutating func duplicate(_ old: Int32, as new: Int32) {
    _ = unsafe posix_spawn_file_actions_adddup2(&actions, old, new)
  }

  mutating func spawn(_ path: String, _ arguments: [String], _ environment: [String: String]) throws -> Int32 {
    let variables = environment.merging(["PATH": "/usr/bin:/bin"]) { own, _ in own }.map { "\($0)=\($1)" }
    let words = unsafe ([path] + arguments).map { unsafe strdup($0) } + [nil]
    let settings = unsafe variables.map { unsafe strdup($0) } + [nil]
    defer { unsafe _ = (words + settings).map { unsafe free($0) } }
    var process: pid_t = 0
    let error = unsafe posix_spawn(&process, path, &actions, nil, words, settings)
    guard error == 0 else { throw Failure("cannot start \(path): \(error)") }
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }
}
