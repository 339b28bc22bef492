#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a directory lists, as far as looking for files needs it.
package struct FileTree: Sendable {
  package enum Kind: Sendable, Hashable {
    case file, directory
    /// A link, to whatever.
    case link
  }

  /// The names in a directory with their kinds, or the reason why it cannot be listed.
  package var list: @Sendable (String) -> Result<[(name: String, kind: Kind)], ListingProblem>
  /// Whether something stands at a path.
  package var exists: @Sendable (String) -> Bool

  package init(
    list: @escaping @Sendable (String) -> Result<[(name: String, kind: Kind)], ListingProblem>,
    exists: @escaping @Sendable (String) -> Bool
  ) {
    self.list = list
    self.exists = exists
  }

  /// Whether a directory that can be listed stands at a path.
  package func isDirectory(_ path: String) -> Bool {
    if case .success = list(path) { true } else { false }
  }
}

/// Why a directory could not be listed.
package struct ListingProblem: Error, Hashable, Sendable {
  package let path: String
  /// There is no such directory, which a pattern takes as "nothing".
  package let isAbsent: Bool
  package let reason: String
}

extension FileTree {
  /// The files of this machine.
  package static let system = FileTree(
    list: { path in listDirectory(path) },
    exists: { path in unsafe access(path, F_OK) == 0 })

  private static func listDirectory(_ path: String) -> Result<[(name: String, kind: Kind)], ListingProblem> {
    guard let directory = unsafe opendir(path) else {
      let error = errno
      return .failure(
        ListingProblem(
          path: path, isAbsent: error == ENOENT || error == ENOTDIR,
          reason: error == EACCES ? "permission denied" : "system error \(error)"))
    }
    defer { unsafe closedir(directory) }
    var found: [(name: String, kind: Kind)] = []
    while let entry = unsafe readdir(directory) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 1) { unsafe String(cString: $0) }
      }
      guard name != ".", name != ".." else { continue }
      found.append((name, kind(of: unsafe entry.pointee.d_type, at: path + "/" + name)))
    }
    return .success(found)
  }

  private static func kind(of type: UInt8, at path: String) -> Kind {
    switch Int32(type) {
    case Int32(DT_DIR): return .directory
    case Int32(DT_LNK): return .link
    case Int32(DT_UNKNOWN):
      var status = stat()
      guard unsafe lstat(path, &status) == 0 else { return .file }
      switch status.st_mode & S_IFMT {
      case S_IFDIR: return .directory
      case S_IFLNK: return .link
      default: return .file
      }
    default: return .file
    }
  }
}
