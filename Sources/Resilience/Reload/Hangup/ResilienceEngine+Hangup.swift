internal import ResilienceCore
internal import Synchronization

extension ResilienceEngine {
  /// Reloads the file whenever the process gets a SIGHUP. A burst of them is one reload, or one more.
  ///
  /// A file that cannot be used changes nothing, is told to the engine's observer, and the next signal is as good as the
  /// first.
  ///
  /// - Parameter report: Is told how each reload ended, on the thread that did it.
  /// - Returns: what stops it before the engine goes.
  @discardableResult
  public func reloadOnHangup(_ report: @escaping ReloadObserver = { _ in }) -> ReloadTrigger {
    let id = HangupSignal.shared.add { [weak self] in self?.reload(report) }
    if id == nil {
      emit(.reloadRejected(reason: "SIGHUP cannot be followed: the system has no descriptor or thread left"))
    }
    let trigger = ReloadTrigger { if let id { HangupSignal.shared.remove(id) } }
    triggers.withLock { $0.append(trigger) }
    return trigger
  }

  func reload(_ report: ReloadObserver) {
    report(Result { () throws(PolicyFileError) in try reloadNow() })
  }
}
