internal import ResilienceCore
internal import Synchronization

/// Something that makes an engine reload by itself. It goes on until it is stopped or its engine goes.
public final class ReloadTrigger: Sendable {
  private let stopping: Mutex<(@Sendable () -> Void)?>

  init(_ stopping: @escaping @Sendable () -> Void) { self.stopping = Mutex(stopping) }

  /// Ends it. A reload that runs already is not interrupted. Stopping again does nothing.
  public func stop() {
    let stop = stopping.withLock { $0.take() }
    stop?()
  }
}

/// Is told how a reload ended that nobody asked for, on the thread that did it.
public typealias ReloadObserver = @Sendable (Result<ReloadReport, PolicyFileError>) -> Void
