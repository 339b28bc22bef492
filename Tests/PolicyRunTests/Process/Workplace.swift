import Glibc
import LocatedYAML

/// A temporary folder in which `policy` runs; removed in the end with the few files in it.
final class Workplace: Sendable {
  let path: String

  /// Makes a folder with this `policies.yaml`; `nil`: without one.
  init(policies: String?) throws {
    var name = Array("/tmp/policy-run-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&name) != nil else { throw SystemCallFailure(errno: errno) }
    path = String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    if let policies { try write(policies, to: "policies.yaml") }
  }

  deinit {
    guard let folder = unsafe opendir(path) else { return }
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      unsafe _ = unlink("\(path)/\(name)")
    }
    unsafe _ = closedir(folder)
    unsafe _ = rmdir(path)
  }

  func write(_ text: String, to name: String) throws {
    let descriptor = unsafe open("\(path)/\(name)", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw SystemCallFailure(errno: errno) }
    defer { close(descriptor) }
    let bytes = Array(text.utf8)
    guard unsafe Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
      throw SystemCallFailure(errno: errno)
    }
  }

  /// The text of a file in the folder; empty when there is none.
  func read(_ name: String) -> String {
    let bytes = try? readFile("\(path)/\(name)", limit: 1 << 20).get()
    return String(decoding: bytes ?? [], as: UTF8.self)
  }
}

struct SystemCallFailure: Error {
  let errno: Int32
}

extension Workplace {
  /// The letter that the system gives the state of a process; throws when there is none.
  static func processState(_ process: String) throws -> String {
    let text = String(decoding: try readFile("/proc/\(process)/stat", limit: 1 << 16).get(), as: UTF8.self)
    // The name before the state is in parentheses and may hold anything.
    return text.split(separator: ")").last?.split(separator: " ").first.map(String.init) ?? ""
  }
}
