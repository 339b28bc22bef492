#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A folder for the files of one test.
final class TemporaryFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/policy-lint-test-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else { throw Failure("no temporary folder") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { Self.remove(path) }

  func path(_ name: String) -> String { path + "/" + name }

  /// Writes a file, with the folders that lead to it, and answers its whole path.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String { try write(Array(text.utf8), to: name) }

  @discardableResult
  func write(_ bytes: [UInt8], to name: String) throws -> String {
    makeFolders(for: name)
    try Self.write(bytes, toFile: path(name))
    return path(name)
  }

  static func write(_ bytes: [UInt8], toFile path: String) throws {
    guard let file = unsafe fopen(path, "w") else { throw Failure("cannot write \(path)") }
    defer { unsafe fclose(file) }
    guard unsafe fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw Failure("cannot write \(path)") }
  }

  func read(_ name: String) throws -> String { try Self.read(path(name)) }

  static func read(_ path: String) throws -> String { String(decoding: try bytes(path), as: UTF8.self) }

  static func bytes(_ path: String) throws -> [UInt8] {
    guard let file = unsafe fopen(path, "r") else { throw Failure("cannot read \(path)") }
    defer { unsafe fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe fread(&chunk, 1, chunk.count, file)
      guard count > 0 else { return bytes }
      bytes += chunk[..<count]
    }
  }

  private func makeFolders(for name: String) {
    var folder = path
    for part in name.split(separator: "/").dropLast() {
      folder += "/" + part
      _ = unsafe mkdir(folder, 0o755)
    }
  }

  private static func remove(_ path: String) {
    if let directory = unsafe opendir(path) {
      while let entry = unsafe readdir(directory) {
        let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
          unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 1) { unsafe String(cString: $0) }
        }
        if name != ".", name != ".." { remove(path + "/" + name) }
      }
      unsafe closedir(directory)
      _ = unsafe rmdir(path)
    } else {
      _ = unsafe unlink(path)
    }
  }
}
