#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Whether there is a file or a folder of that name, readable or not.
func fileExists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }
