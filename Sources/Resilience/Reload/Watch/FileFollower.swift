#if os(Linux)
  internal import Glibc
  internal import LocatedYAML
  internal import ResilienceCore
  internal import Synchronization

  /// Reloads an engine when the files that it was loaded from have other contents than at the last try.
  ///
  /// Has a thread of its own, which sleeps while nothing happens and ends when the follower is stopped or the engine goes.
  final class FileFollower: Sendable {
    private weak let engine: ResilienceEngine?
    private let report: ReloadObserver
    private let isStopped = Atomic(false)
    private let pipe = Mutex<WakePipe?>(nil)

    init(_ engine: ResilienceEngine, _ report: @escaping ReloadObserver) {
      self.engine = engine
      self.report = report
    }

    /// Starts the thread; `false` when the system has no descriptor or thread left.
    func start() -> Bool {
      guard let watch = DirectoryWatch() else { return false }
      pipe.withLock { $0 = watch.pipe }
      let handedOver = HandedOver(watch)
      return startThread { [self] in
        if var watch = handedOver.take() { run(&watch) }
      } != nil
    }

    func stop() {
      isStopped.store(true, ordering: .releasing)
      pipe.withLock { $0 }?.wake()
    }

    private func run(_ watch: inout DirectoryWatch) {
      var quiet = QuietTime()
      quiet.noteChange(at: TimeSource.system.now)
      while !isStopped.load(ordering: .acquiring) {
        if quiet.isOver(at: TimeSource.system.now) {
          guard reloadIfChanged(&watch) else { return }
        }
        if watch.wait(milliseconds: milliseconds(until: quiet.due)) { quiet.noteChange(at: TimeSource.system.now) }
      }
    }

    /// Watches first and looks then, so that nothing happens in between; `false` when the engine is gone.
    private func reloadIfChanged(_ watch: inout DirectoryWatch) -> Bool {
      guard let engine else { return false }
      watch.follow(WatchedPlaces(engine.filesRead.keys))
      guard engine.filesRead.contains(where: { engine.source.contents(of: $0.key) != $0.value }) else { return true }
      engine.reload(report)
      watch.follow(WatchedPlaces(engine.filesRead.keys))
      return true
    }

    private func milliseconds(until due: Instant?) -> Int32 {
      guard let due else { return -1 }
      return Int32(clamping: TimeSource.system.now.nanoseconds(to: due) / 1_000_000 + 1)
    }
  }

  /// Carries what cannot be copied to a thread.
  private final class HandedOver: Sendable {
    private let watch: Mutex<DirectoryWatch?>

    init(_ watch: consuming sending DirectoryWatch) { self.watch = Mutex(consume watch) }

    func take() -> DirectoryWatch? { watch.withLock { $0.take() } }
  }
#endif
