#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Reads a whole file into memory.
///
/// At most one byte more than `limit` is read, so that a caller sees that the file is too large and nobody pays for it.
package func readFile(_ path: String, limit: Int) -> Result<[UInt8], FileProblem> {
  let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { return .failure(FileProblem(path, errno)) }
  defer { close(file) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 64 << 10)
  while bytes.count <= limit {
    let wanted = min(chunk.count, limit.addingSaturated(1) - bytes.count)
    let count = unsafe read(file, &chunk, wanted)
    if count < 0, errno == EINTR { continue }
    guard count >= 0 else { return .failure(FileProblem(path, errno)) }
    guard count > 0 else { break }
    bytes.append(contentsOf: chunk[..<count])
  }
  return .success(bytes)
}

extension FileProblem {
  fileprivate init(_ path: String, _ errno: Int32) {
    self.init(path: path, errno: errno, reason: Self.reason(for: errno))
  }

  private static func reason(for errno: Int32) -> String {
    switch errno {
    case ENOENT: "no such file"
    case EACCES, EPERM: "permission denied"
    case EISDIR: "is a directory"
    case ENOTDIR: "a part of the path is not a directory"
    case ELOOP: "too many symbolic links"
    case ENAMETOOLONG: "the name is too long"
    case EMFILE, ENFILE: "too many open files"
    case EIO: "the device reported an error"
    default: "system error \(errno)"
    }
  }
}
