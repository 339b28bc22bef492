import Glibc
import Testing

/// Where Swift's guarantees end is one folder, and what stands elsewhere is a call of the system.
@Suite("Raw memory")
struct RawMemoryTests {
  private static let folder = "Sources/ResilienceCore/RawMemory"
  private static let modules = ["Sources/ResilienceCore", "Sources/Resilience"]

  /// The files of the two modules that call C by themselves, and what they hand over to it. They keep nothing raw: what they pass lives as long as the
  /// call that takes it.
  private static let callsOfTheSystem = [
    "Sources/ResilienceCore/Process/SpawnedProcess.swift": "arguments of posix_spawn",
    "Sources/ResilienceCore/Time/SystemClock.swift": "a buffer for clock_gettime",
    "Sources/ResilienceCore/Time/WallTime.swift": "a buffer for clock_gettime",
    "Sources/ResilienceCore/Time/ThreadIdentity.swift": "pthread_self, which is an address on Darwin",
    "Sources/Resilience/Engine/PolicySource+Environment.swift": "a text of getenv",
    "Sources/Resilience/Health/Probe/CommandRun.swift": "buffers for waitid, pipe and read",
    "Sources/Resilience/Health/Probe/Connection.swift": "buffers for send and recv",
    "Sources/Resilience/Health/Probe/ProbeFailure.swift": "a text of strerror",
    "Sources/Resilience/Health/Probe/Readiness.swift": "descriptors for poll",
    "Sources/Resilience/Health/Probe/SocketAddress.swift": "addresses of getaddrinfo",
    "Sources/Resilience/Observe/Log/LogOutput.swift": "bytes for write, descriptors for poll",
    "Sources/Resilience/Reload/Hangup/HangupSignal.swift": "a handler for sigaction",
    "Sources/Resilience/Reload/WakePipe.swift": "buffers for pipe, read and write",
    "Sources/Resilience/Reload/Watch/DirectoryWatch.swift": "events of inotify, descriptors for poll",
    "Sources/Resilience/Reload/Watch/WatchedPlaces.swift": "buffers for lstat and readlink",
  ]

  /// What names the raw: the mark of strict memory safety, and the types that it is about.
  private static let marks = ["unsafe", "Unmanaged", "ManagedBuffer", "_withUnsafe", "withUnsafe", "OpaquePointer"]

  @Test("Nothing of the engine touches raw memory outside of its folder but to call the system")
  func oneFolder() throws {
    let raw = try Self.modules.flatMap { try Repository.swiftFiles(in: $0) }.filter { try Self.isRaw($0) }
    let outside = raw.filter { !$0.hasPrefix(Self.folder + "/") }
    for file in outside {
      #expect(Self.callsOfTheSystem[file] != nil, "\(file) touches raw memory: that belongs in \(Self.folder)")
    }
    for file in Self.callsOfTheSystem.keys.sorted() {
      #expect(outside.contains(file), "\(file) touches nothing raw any more: take it off the list")
    }
  }

  @Test("Calls of the system ask for no memory of their own and leave no reference uncounted")
  func callsKeepNothing() throws {
    for file in Self.callsOfTheSystem.keys.sorted() {
      let code = try Self.code(of: file)
      #expect(!code.contains("Unmanaged"), "\(file)")
      #expect(!code.contains(".allocate("), "\(file)")
    }
  }

  @Test("What must hold is written at each type in the folder that is raw, and in the table of the page")
  func invariants() throws {
    let page = try Repository.text("Docs/architecture.md")
    for file in try Repository.swiftFiles(in: Self.folder) where try Self.isRaw(file) {
      #expect(try Repository.text(file).contains("/// What must hold:"), "\(file) does not say what must hold")
      let name = file.split(separator: "/").last?.dropLast(".swift".count) ?? ""
      #expect(page.contains("`\(name)`"), "the table of raw memory does not have \(name)")
    }
  }

  private static func isRaw(_ file: String) throws -> Bool {
    let words = try code(of: file).split { !($0.isLetter || $0.isNumber || $0 == "_") }
    return words.contains { word in word.hasPrefix("Unsafe") || marks.contains { word.hasPrefix($0) } }
  }

  /// A file's lines without comments and imports.
  private static func code(of file: String) throws -> String {
    try Repository.text(file).split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("//") }
      .joined(separator: "\n")
  }
}

extension Repository {
  /// The Swift files in a folder and all that are in it, in order of their names.
  fileprivate static func swiftFiles(in folder: String) throws -> [String] {
    try names(in: folder).flatMap { name in
      let path = "\(folder)/\(name)"
      return name.hasSuffix(".swift") ? [path] : try name.contains(".") ? [] : swiftFiles(in: path)
    }
  }

  private static func names(in folder: String) -> [String] {
    guard let listing = unsafe opendir(path(folder)) else {
      Issue.record("\(folder) cannot be read")
      return []
    }
    defer { unsafe closedir(listing) }
    var names: [String] = []
    while let entry = unsafe readdir(listing) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { unsafe String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }
}
