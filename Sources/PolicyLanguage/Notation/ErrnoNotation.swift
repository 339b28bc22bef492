#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension TextNotation where Value == Int32 {
  /// The name of a POSIX error number: `ECONNREFUSED`.
  static var errno: TextNotation {
    TextNotation(
      .text(TextShape("errno name", examples: ["ECONNREFUSED", "ETIMEDOUT"], pattern: "^E[A-Z0-9]+$")),
      parse: { text throws(Advice) in try ErrnoText.parse(text) },
      show: { number in ErrnoText.numbers.first { $0.value == number }?.key })
  }
}

/// The names of POSIX error numbers, with this system's numbers.
enum ErrnoText {
  static let numbers: [String: Int32] = [
    "EPERM": EPERM, "ENOENT": ENOENT, "EINTR": EINTR, "EIO": EIO, "ENXIO": ENXIO, "EBADF": EBADF, "ECHILD": ECHILD,
    "EAGAIN": EAGAIN, "ENOMEM": ENOMEM, "EACCES": EACCES, "EFAULT": EFAULT, "EBUSY": EBUSY, "EEXIST": EEXIST,
    "ENODEV": ENODEV, "ENOTDIR": ENOTDIR, "EISDIR": EISDIR, "EINVAL": EINVAL, "ENFILE": ENFILE, "EMFILE": EMFILE,
    "EFBIG": EFBIG, "ENOSPC": ENOSPC, "EROFS": EROFS, "EMLINK": EMLINK, "EPIPE": EPIPE, "EDOM": EDOM, "ERANGE": ERANGE,
    "EDEADLK": EDEADLK, "ENAMETOOLONG": ENAMETOOLONG, "ENOLCK": ENOLCK, "ENOSYS": ENOSYS, "ENOTEMPTY": ENOTEMPTY,
    "ELOOP": ELOOP, "EWOULDBLOCK": EWOULDBLOCK, "EPROTO": EPROTO, "EOVERFLOW": EOVERFLOW, "EILSEQ": EILSEQ,
    "ENOTSOCK": ENOTSOCK, "EDESTADDRREQ": EDESTADDRREQ, "EMSGSIZE": EMSGSIZE, "EPROTOTYPE": EPROTOTYPE,
    "ENOPROTOOPT": ENOPROTOOPT, "EPROTONOSUPPORT": EPROTONOSUPPORT, "EOPNOTSUPP": EOPNOTSUPP, "ENOTSUP": ENOTSUP,
    "EAFNOSUPPORT": EAFNOSUPPORT, "EADDRINUSE": EADDRINUSE, "EADDRNOTAVAIL": EADDRNOTAVAIL, "ENETDOWN": ENETDOWN,
    "ENETUNREACH": ENETUNREACH, "ENETRESET": ENETRESET, "ECONNABORTED": ECONNABORTED, "ECONNRESET": ECONNRESET,
    "ENOBUFS": ENOBUFS, "EISCONN": EISCONN, "ENOTCONN": ENOTCONN, "ESHUTDOWN": ESHUTDOWN, "ETIMEDOUT": ETIMEDOUT,
    "ECONNREFUSED": ECONNREFUSED, "EHOSTDOWN": EHOSTDOWN, "EHOSTUNREACH": EHOSTUNREACH, "EALREADY": EALREADY,
    "EINPROGRESS": EINPROGRESS, "ESTALE": ESTALE, "EDQUOT": EDQUOT, "ECANCELED": ECANCELED, "EOWNERDEAD": EOWNERDEAD,
    "ENOTRECOVERABLE": ENOTRECOVERABLE,
  ]

  static func parse(_ text: String) throws(Advice) -> Int32 {
    if let number = numbers[text] { return number }
    throw advice(text)
  }

  private static func advice(_ text: String) -> Advice {
    let complaint = "`\(text)` is not an errno name"
    let upper = text.uppercased()
    if numbers[upper] != nil { return Advice(.wrongType, complaint, replacement: upper) }
    if let number = Int32(text), let name = numbers.filter({ $0.value == number }).keys.min() {
      return Advice(
        .wrongType, "`\(text)` is `\(name)` on this system and something else on others", replacement: name,
        safety: .unsafe)
    }
    if let near = NearestName(to: upper, among: numbers.keys).best {
      return Advice(.wrongType, complaint, replacement: near, safety: .unsafe)
    }
    return Advice(.wrongType, complaint, help: "write a name such as `ECONNREFUSED`")
  }
}
