#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The scripts with their policies and what they are expected to tell, a folder each.
let scriptsFolder = "/" + #filePath.split(separator: "/").dropLast(2).joined(separator: "/") + "/Scripts"

/// The names in a folder, sorted, without `.` and `..`.
func namesInFolder(_ path: String) -> [String] {
  guard let folder = unsafe opendir(path) else { return [] }
  defer { unsafe closedir(folder) }
  var names: [String] = []
  while let entry = unsafe readdir(folder) {
    let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
      unsafe pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { unsafe String(cString: $0) }
    }
    if name != ".", name != ".." { names.append(name) }
  }
  return names.sorted()
}
