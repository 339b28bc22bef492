#if os(Linux)
  internal import ResilienceCore
  internal import Synchronization

  extension ResilienceEngine {
    /// Reloads whenever the file, or one that it includes, has changed.
    ///
    /// A write in place, a file renamed into its place and an exchange of the links that lead to it are one change each,
    /// taken once nothing more comes for a tenth of a second. A change that leaves the same bytes is none.
    ///
    /// - Parameter report: Is told how each reload ended, on the thread that did it.
    /// - Returns: what stops it before the engine goes.
    @discardableResult
    public func reloadOnChange(_ report: @escaping ReloadObserver = { _ in }) -> ReloadTrigger {
      let follower = FileFollower(self, report)
      if !follower.start() {
        emit(.reloadRejected(reason: "the file cannot be followed: the system has no descriptor or thread left"))
      }
      let trigger = ReloadTrigger { follower.stop() }
      triggers.withLock { $0.append(trigger) }
      return trigger
    }

    /// What the last try to load read.
    var filesRead: [String: [UInt8]?] { state.withLock { $0.files } }
  }

  extension PolicySource {
    /// What a file holds now; `nil` when it cannot be read.
    func contents(of path: String) -> [UInt8]? { try? readFile(path).get() }
  }
#endif
