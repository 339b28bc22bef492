import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("Wrong input of every kind")
struct WrongInputTests {
  private let folder: TemporaryFolder
  private let program: Program

  init() throws {
    folder = try TemporaryFolder()
    program = Program(folder: folder)
    try folder.write("version: 1\noperations:\n  users.get: {layers: []}\n", to: "bad.yaml")
  }

  @Test("A reader that has gone ends the program quietly", arguments: ["human", "concise", "json"])
  func brokenPipe(_ format: String) throws {
    let result = try program.run("--format", format, "bad.yaml", output: .closedPipe)
    #expect(result.status == 1)
    #expect(!result.errors.contains("cannot be written"))
    #expect(try program.run("schema", output: .closedPipe).status == 0)
  }

  @Test("A full device and a closed output are told, and nothing counts as done")
  func fullDevice() throws {
    let full = try program.run("bad.yaml", output: .device("/dev/full"))
    #expect(full.status == 3)
    #expect(full.errors.contains("no space left"))
    let closed = try program.run("bad.yaml", output: .closed)
    #expect(closed.status == 3)
    #expect(try program.run("--help", output: .device("/dev/full")).status == 3)
  }

  @Test("A misspelt command is told from a file, unless there is one of that name")
  func misspelt() throws {
    let result = try program.run("simulat", "bad.yaml", "users.get")
    #expect(result.status == 2)
    #expect(result.errors.contains("no command and no file `simulat`"))
    #expect(result.errors.contains("did you mean `simulate`?"))
    try folder.write("version: 1\n", to: "simulat")
    #expect(try program.run("simulat").status != 2)
    #expect(try program.run("service").errors.contains("no such file"))
  }

  @Test("A binary file, an empty one and /dev/null are findings, not crashes")
  func bytes() throws {
    try folder.write((0...255).map { UInt8($0) } + [0xFF, 0xFE], to: "binary.yaml")
    try folder.write("", to: "empty.yaml")
    for path in ["binary.yaml", "empty.yaml", "/dev/null"] {
      let result = try program.run("--format", "concise", path)
      #expect(result.status == 1, "\(path): \(result.errors)")
      #expect(result.output.contains("error[RP0"), "\(path): \(result.output)")
    }
  }

  @Test("A file without permission is incomplete")
  func permission() throws {
    let path = try folder.write("version: 1\n", to: "closed.yaml")
    _ = unsafe chmod(path, 0)
    defer { _ = unsafe chmod(path, 0o644) }
    guard unsafe access(path, R_OK) != 0 else { return }
    let result = try program.run("closed.yaml")
    #expect(result.status == 3)
    #expect(result.errors.contains("permission denied"))
  }

  @Test("A file above the limit is incomplete, and says which limit")
  func huge() throws {
    let line = Array("# a comment that makes the file long, again and again\n".utf8)
    try folder.write([[UInt8]](repeating: line, count: 90_000).flatMap { $0 }, to: "huge.yaml")
    let result = try program.run("--format", "concise", "huge.yaml")
    #expect(result.status == 3)
    #expect(result.output.contains("RP005"))
    #expect(try program.run("--format", "concise", "/dev/zero").status == 3)
  }

  @Test("Deep nesting and aliases that explode end soon")
  func hostile() throws {
    try folder.write("a: " + String(repeating: "[", count: 40_000), to: "deep.yaml")
    #expect(try program.run("deep.yaml").status == 3)
    var laughs = "x-a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]\n"
    for level in 1...9 {
      let aliases = [String](repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      laughs += "x-a\(level): &a\(level) [\(aliases)]\n"
    }
    try folder.write(laughs, to: "laughs.yaml")
    #expect(try program.run("laughs.yaml").status == 3)
  }

  @Test("A name with control characters cannot write to the terminal")
  func names() throws {
    let result = try program.run("evil\u{1B}[31m.yaml")
    #expect(result.status == 3)
    #expect(!result.errors.contains("\u{1B}"))
  }
}
