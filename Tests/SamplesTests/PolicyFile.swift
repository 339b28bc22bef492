import Glibc
import Testing

/// Runs `body` with the path of a policy file.
func withPolicyFile(_ policies: String, _ body: (String) throws -> Void) throws {
  var path = Array("/tmp/policies-XXXXXX".utf8CString)
  let descriptor = unsafe mkstemp(&path)
  try #require(descriptor >= 0)
  let name = String(decoding: path.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  defer {
    close(descriptor)
    _ = unsafe unlink(name)
  }
  let written = unsafe policies.utf8CString.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count - 1) }
  try #require(written == policies.utf8.count)
  try body(name)
}
