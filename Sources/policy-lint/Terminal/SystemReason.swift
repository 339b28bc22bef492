#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A system error in words.
func reason(_ number: Int32) -> String {
  switch number {
  case ENOSPC: "no space left"
  case EACCES, EPERM: "permission denied"
  case EBADF: "it is closed"
  case EISDIR: "is a directory"
  case ENOENT: "no such directory"
  case EIO: "the device reported an error"
  case EROFS: "the file system is read-only"
  default: "system error \(number)"
  }
}
