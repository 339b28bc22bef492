import Glibc

/// A directory of the test's own, gone with it.
final class PolicyDirectory: Sendable {
  let path: String

  init() throws {
    var template = Array("/tmp/resilience-test-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else { throw FileTrouble(action: "mkdtemp", errno: errno) }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit { remove(path) }

  /// The path of a file in it.
  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file in place, in several steps as an editor may.
  func write(_ text: String, to name: String) throws {
    let descriptor = unsafe open(file(name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FileTrouble(action: "open", errno: errno) }
    defer { close(descriptor) }
    let bytes = Array(text.utf8)
    for half in [bytes.prefix(bytes.count / 2), bytes.dropFirst(bytes.count / 2)] {
      let part = Array(half)
      guard unsafe Glibc.write(descriptor, part, part.count) == part.count else {
        throw FileTrouble(action: "write", errno: errno)
      }
    }
  }

  func rename(_ old: String, to new: String) throws {
    guard unsafe Glibc.rename(file(old), file(new)) == 0 else { throw FileTrouble(action: "rename", errno: errno) }
  }

  func link(_ name: String, to target: String) throws {
    guard unsafe symlink(target, file(name)) == 0 else { throw FileTrouble(action: "symlink", errno: errno) }
  }

  func makeDirectory(_ name: String) throws {
    guard unsafe mkdir(file(name), 0o755) == 0 else { throw FileTrouble(action: "mkdir", errno: errno) }
  }

  private func remove(_ path: String) {
    var names: [String] = []
    if let directory = unsafe opendir(path) {
      while let entry = unsafe readdir(directory) {
        let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
          unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        if name != ".", name != ".." { names.append(name) }
      }
      unsafe closedir(directory)
    }
    for name in names where unsafe unlink("\(path)/\(name)") != 0 { remove("\(path)/\(name)") }
    unsafe rmdir(path)
  }
}

struct FileTrouble: Error {
  let action: String
  let errno: Int32
}
