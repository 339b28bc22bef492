import Dispatch
import LocatedYAML
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("Reading files")
struct ReadFileTests {
  @Test("a file is read whole, or one byte past the limit")
  func reads() throws {
    let whole = try readFile(#filePath, limit: 1 << 20).get()
    #expect(whole.starts(with: Array("import ".utf8)))
    #expect(try readFile(#filePath, limit: 10).get().count == 11)
    #expect(try readFile("/dev/null", limit: 10).get().isEmpty)
    #expect(try readFile(#filePath, limit: -7).get().count == 1)
  }

  @Test("at its very limit a file is whole; one byte more is seen")
  func atTheLimit() throws {
    let whole = try readFile(#filePath, limit: 1 << 20).get()
    #expect(try readFile(#filePath, limit: whole.count).get() == whole)
    #expect(try readFile(#filePath, limit: whole.count - 1).get() == whole)
    #expect(try readFile(#filePath, limit: whole.count - 2).get() == whole.dropLast())
  }

  @Test("a pipe, whose size nobody knows, is read to its end", arguments: [0, 1, 65_535, 65_536, 65_537, 500_000])
  func pipe(count: Int) throws {
    var ends: [Int32] = [0, 0]
    try #require(unsafe openPipe(&ends) == 0)
    let (reading, writing) = (ends[0], ends[1])
    defer { close(reading) }
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 / 7) }
    // A pipe holds less than that, so somebody has to write while it is read.
    DispatchQueue.global().async {
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = writeOnce(writing, rest)
        guard count > 0 else { break }
        rest = rest.dropFirst(count)
      }
      close(writing)
    }
    #expect(try readFile("/dev/fd/\(reading)", limit: 1 << 20).get() == bytes)
  }

  @Test("a file that claims to be empty, as those of the kernel do, is read all the same")
  func claimsToBeEmpty() throws {
    guard case .success(let bytes) = readFile("/proc/self/status", limit: 1 << 20) else { return }
    #expect(bytes.starts(with: Array("Name:".utf8)))
  }

  @Test("a refusal says why", arguments: [("/nonexistent/file.yaml", "no such file"), ("/", "is a directory")])
  func fails(path: String, reason: String) {
    guard case .failure(let problem) = readFile(path, limit: 10) else {
      Issue.record("read \(path)")
      return
    }
    #expect(problem.path == path && problem.reason == reason && problem.errno != 0)
  }
}

/// `pipe`, which the test's own name hides.
private func openPipe(_ ends: UnsafeMutablePointer<Int32>) -> Int32 { unsafe pipe(ends) }

private func writeOnce(_ file: Int32, _ bytes: ArraySlice<UInt8>) -> Int {
  unsafe bytes.withUnsafeBytes { unsafe write(file, $0.baseAddress, $0.count) }
}
