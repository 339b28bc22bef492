/// Paths as text: nothing here asks a file system.
enum FilePath {
  /// The directory part, with its slash; empty for a bare name.
  static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return String(path[...slash])
  }

  /// `path` seen from `directory`, without `.` and `..` where they can be resolved.
  static func join(_ directory: String, _ path: String) -> String {
    let whole = directory + path
    var parts: [Substring] = []
    for part in whole.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
    }
    return (whole.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }

  /// Whether a joined path lies below a directory.
  static func isInside(_ path: String, _ directory: String) -> Bool {
    let base = join(directory, "")
    if base.isEmpty { return !path.hasPrefix("/") && path != ".." && !path.hasPrefix("../") }
    return path.hasPrefix(base == "/" ? "/" : base + "/")
  }
}
