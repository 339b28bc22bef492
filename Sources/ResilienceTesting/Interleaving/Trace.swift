import ResilienceCore
import Synchronization

/// Writes a line into the trace of the run on virtual time that this code is part of; outside of such a run it does nothing.
///
/// ```swift
/// trace("read \(count)")
/// ```
/// A line begins with the time and the innermost name (``ResilienceCore/VirtualTime/named(_:isolation:_:)``). The same seed gives the
/// same trace, so traces can be compared.
public func trace(_ text: @autoclosure () -> String) { Trace.current?.add(text()) }

/// What one run wrote down.
final class Trace: Sendable {
  @TaskLocal static var current: Trace?

  private let time: VirtualTime
  private let written = Mutex<[String]>([])

  init(of time: VirtualTime) { self.time = time }

  var lines: [String] { written.withLock { $0 } }

  func add(_ text: String) {
    let now = Instant(nanoseconds: 0).duration(to: time.now).inWords
    let who = VirtualTime.currentName.map { "\($0): " } ?? ""
    written.withLock { $0.append("\(now) \(who)\(text)") }
  }
}
