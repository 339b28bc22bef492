#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the process tells its caller; the same in every format.
enum ExitStatus: Int32 {
  /// Nothing at or above `--fail-on`.
  case clean = 0
  case findings = 1
  /// The command line, or what it asks of a file, makes no sense.
  case usage = 2
  /// Something that was asked for was not looked at. Beats ``findings``.
  case incomplete = 3
}

func exitProcess(_ status: ExitStatus) -> Never { exit(status.rawValue) }
