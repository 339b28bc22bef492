import Glibc

/// A policy file in a temporary folder of its own, which becomes the working directory; both are removed in the end.
struct PolicyFile: ~Copyable {
  let folder: String
  let name = "policies.yaml"

  private init(folder: String) { self.folder = folder }

  static func inNewFolder() throws -> PolicyFile {
    var path = Array("/tmp/resilience-demo-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&path) != nil else { throw SystemError(errno: errno) }
    let folder = String(decoding: path.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    try SystemError.check(unsafe chdir(folder))
    return PolicyFile(folder: folder)
  }

  deinit {
    unsafe _ = unlink("\(folder)/\(name)")
    unsafe _ = rmdir(folder)
  }

  /// Puts a new text in place in one step, as an editor or a deployment does.
  func replace(with text: String) throws {
    let draft = "draft"
    let descriptor = try SystemError.check(unsafe open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600))
    defer { close(descriptor) }
    let bytes = Array(text.utf8)
    guard unsafe write(descriptor, bytes, bytes.count) == bytes.count else { throw SystemError(errno: errno) }
    try SystemError.check(unsafe rename(draft, name))
  }
}
