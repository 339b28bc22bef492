#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The names in a folder, without `.` and `..`; `nil` when it cannot be read.
func namesInFolder(_ path: String) -> [String]? {
  guard let folder = unsafe opendir(path) else { return nil }
  defer { unsafe closedir(folder) }
  var names: [String] = []
  while let entry = unsafe readdir(folder) {
    let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
      unsafe pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { unsafe String(cString: $0) }
    }
    if name != ".", name != ".." { names.append(name) }
  }
  return names
}

/// The package's root, found from this file's place in it.
let packageRoot: String = {
  let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4)
  return parts.joined(separator: "/")
}()
