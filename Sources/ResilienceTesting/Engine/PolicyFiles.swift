import LocatedYAML
import PolicyLanguage
import ResilienceCore
import Synchronization

/// Policy files in memory, which a test can change under a running engine.
///
/// ```swift
/// let files = PolicyFiles("version: 1 …")
/// let engine = try ResilienceEngine.forTesting(files, on: time)
/// files["policies.yaml"] = "version: 1 …"
/// try await engine.reload()
/// ```
public final class PolicyFiles: Sendable {
  /// The file that an engine loads; it may include the others.
  public let main: String
  private let texts: Mutex<[String: String]>

  /// One file, called `policies.yaml`.
  public init(_ policies: String) {
    main = "policies.yaml"
    texts = Mutex([main: policies])
  }

  /// Several files by their paths.
  public init(_ files: [String: String], main: String = "policies.yaml") {
    self.main = main
    texts = Mutex(files)
  }

  /// The text of a file; `nil`: there is none.
  public subscript(path: String) -> String? {
    get { texts.withLock { $0[path] } }
    set { texts.withLock { $0[path] = newValue } }
  }

  func read(_ path: String) -> Result<[UInt8], FileProblem> {
    if let text = self[path] { return .success(Array(text.utf8)) }
    return .failure(FileProblem(path: path, reason: "no such file"))
  }
}
