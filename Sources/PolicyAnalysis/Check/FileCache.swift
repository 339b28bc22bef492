import LocatedYAML
import Synchronization

#if THREAD_SANITIZER
  internal import ResilienceCore
#endif

/// Reads each file once: a file that is loaded for several environments says the same in all of them, and the standard
/// input can be read only once.
final class FileCache: Sendable {
  private let readFile: @Sendable (String) -> Result<[UInt8], FileProblem>
  private let known = Mutex<[String: Result<[UInt8], FileProblem>]>([:])

  init(_ readFile: @escaping @Sendable (String) -> Result<[UInt8], FileProblem>) { self.readFile = readFile }

  func read(_ path: String) -> Result<[UInt8], FileProblem> {
    if let bytes = known.withLock({ $0[path] }) { return bytes }
    let bytes = readFile(path)
    known.withLock { $0[path] = bytes }
    return bytes
  }
}
