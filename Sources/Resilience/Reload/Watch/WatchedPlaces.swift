#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The places in the file system that decide what a path leads to: the file itself, and every symbolic link on the way.
///
/// A link that is exchanged, as Kubernetes exchanges `..data` under a mounted map, changes what the path leads to as much as a
/// write does. Where the way ends early, the missing place is one too: its coming changes everything.
struct WatchedPlaces: Equatable {
  /// Names, by the directory that holds them.
  private(set) var namesByDirectory: [String: Set<String>] = [:]

  /// As the kernel does (path_resolution(7)), at most so many links are followed on one way.
  private static let mostLinks = 40

  init(_ paths: some Sequence<String>) {
    for path in paths { add(path) }
  }

  private mutating func add(_ path: String) {
    var directory = path.hasPrefix("/") ? "/" : "."
    var ahead = Self.parts(path)
    var links = 0
    while let part = ahead.popLast() {
      let place = directory == "/" ? "/\(part)" : "\(directory)/\(part)"
      let link = Self.link(at: place)
      if ahead.isEmpty || link != nil || !Self.exists(place) {
        namesByDirectory[directory, default: []].insert(part)
      }
      guard let link else {
        directory = place
        continue
      }
      links += 1
      guard links <= Self.mostLinks else { return }
      if link.hasPrefix("/") { directory = "/" }
      ahead += Self.parts(link)
    }
  }

  /// The parts of a path, the first one last.
  private static func parts(_ path: String) -> [String] {
    path.split(separator: "/").filter { $0 != "." }.map(String.init).reversed()
  }

  private static func exists(_ path: String) -> Bool {
    var status = stat()
    return unsafe lstat(path, &status) == 0
  }

  /// What a symbolic link says; `nil` for everything else.
  private static func link(at path: String) -> String? {
    var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = unsafe readlink(path, &bytes, bytes.count)
    return count > 0 ? String(decoding: bytes[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
  }
}
