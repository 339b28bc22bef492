import Resilience

/// How reloads that nobody asked for ended, for a test that waits for them.
struct ReloadEnds {
  private let ends: AsyncStream<Result<ReloadReport, PolicyFileError>>
  let observer: ReloadObserver

  init() {
    let (ends, continuation) = AsyncStream.makeStream(of: Result<ReloadReport, PolicyFileError>.self)
    self.ends = ends
    observer = { continuation.yield($0) }
  }

  /// The next one: its generation, or `nil` for one that was refused.
  func next() async -> UInt64? {
    var iterator = ends.makeAsyncIterator()
    return try? await iterator.next()?.get().generation
  }
}

/// A file whose breaker opens after so many failures.
func policies(failures: Int) -> String {
  """
  version: 1
  breakers:
    database: {failures: \(failures), open: 60s}
  pipelines:
    read: [{deadline: 2s}, {breaker: database}]
  operations:
    users.get: read

  """
}
