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
  let most = max(0, limit).addingSaturated(1)
  var bytes = [UInt8](repeating: 0, count: min(expectedSize(of: file), most))
  var count = 0
  while count < bytes.count {
    let got = unsafe bytes.withUnsafeMutableBytes { unsafe readOnce(file, into: $0[count...]) }
    if got < 0, errno == EINTR { continue }
    guard got >= 0 else { return .failure(FileProblem(path, errno)) }
    guard got > 0 else { break }
    count += got
    if count == bytes.count { bytes += [UInt8](repeating: 0, count: min(max(count, pipeful), most - count)) }
  }
  bytes.removeSubrange(count...)
  return .success(bytes)
}

/// What a pipe holds on Linux (pipe(7)): nothing is known of how much will come through one.
private let pipeful = 64 << 10

/// One byte more than a file has, so that its end is seen without asking for more memory.
private func expectedSize(of file: Int32) -> Int {
  var status = stat()
  guard unsafe fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else { return pipeful }
  return Int(clamping: status.st_size).addingSaturated(1)
}

private func readOnce(_ file: Int32, into bytes: Slice<UnsafeMutableRawBufferPointer>) -> Int {
  let bytes = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes)
  return unsafe read(file, bytes.baseAddress, bytes.count)
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
