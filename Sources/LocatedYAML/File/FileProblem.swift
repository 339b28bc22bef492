/// Why a file could not be read.
package struct FileProblem: Error, Hashable, Sendable {
  /// The file's name as it was asked for.
  package let path: String
  /// The system's error number; 0 when the refusal is ours.
  package let errno: Int32
  /// The reason in words, such as "no such file".
  package let reason: String

  package init(path: String, errno: Int32 = 0, reason: String) {
    self.path = path
    self.errno = errno
    self.reason = reason
  }
}
