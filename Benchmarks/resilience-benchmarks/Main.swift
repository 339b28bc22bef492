import CBenchmarkSupport

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Measures the engine and compares it with what it promises: `make bench`.
@main
enum Main {
  /// Not asynchronous: the main thread of a program with such a `main` ends while the others go on, which valgrind does not survive.
  static func main() {
    do throws(WrongUsage) {
      let run = Run(try Arguments(Array(CommandLine.arguments.dropFirst())))
      Task.detached { exit(await run.status()) }
      while true { pause() }
    } catch {
      complain("unknown or incomplete: \(error.word)\n\(Arguments.usage)")
      exit(2)
    }
  }
}

/// Writes to standard error.
func complain(_ text: String) {
  let bytes = Array((text + "\n").utf8)
  _ = unsafe bytes.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
}
