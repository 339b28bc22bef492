public import Resilience
public import ResilienceCore

extension EventRecorder {
  /// Checks that something was decided.
  ///
  /// ```swift
  /// try recorder.expect(.breakerOpened, by: "database", times: 1)
  /// ```
  /// - Parameters:
  ///   - name: What.
  ///   - decider: The breaker, retry, timeout … that decided; `nil`: any.
  ///   - operation: Whose call it was; `nil`: any.
  ///   - times: How often; `nil`: at least once.
  /// - Returns: The events.
  /// - Throws: ``UnmetExpectation`` that says what was recorded instead.
  @discardableResult
  public func expect(
    _ name: EventName, by decider: String? = nil, of operation: String? = nil, times: Int? = nil
  ) throws -> [ResilienceEvent] {
    let found = numbered.filter { fits($0.event, name, decider, operation) }
    markAsserted(found.map(\.number))
    let isMet = times.map { $0 == found.count } ?? !found.isEmpty
    guard isMet else {
      let wanted = times.map { "\($0) times" } ?? "at least once"
      throw unmet("\(words(name, decider, operation)) \(wanted), but \(found.count) times")
    }
    return found.map(\.event)
  }

  /// Checks that something was not decided.
  ///
  /// - Throws: ``UnmetExpectation``.
  public func expectNone(_ name: EventName, by decider: String? = nil, of operation: String? = nil) throws {
    try expect(name, by: decider, of: operation, times: 0)
  }

  /// Checks that these were decided in this order, whatever else was in between.
  ///
  /// - Throws: ``UnmetExpectation``.
  public func expectInOrder(_ names: EventName...) throws {
    var rest = numbered[...]
    for (index, name) in names.enumerated() {
      guard let place = rest.firstIndex(where: { $0.event.kind.name == name }) else {
        let before = index == 0 ? "" : " after \(names[index - 1].rawValue)"
        throw unmet("\(name.rawValue)\(before)")
      }
      markAsserted([rest[place].number])
      rest = rest[(place + 1)...]
    }
  }

  /// Checks that a breaker changed its state so, and not otherwise.
  ///
  /// ```swift
  /// try recorder.expectTransitions(of: "database", .breakerOpened, .breakerHalfOpened, .breakerClosed)
  /// ```
  /// - Throws: ``UnmetExpectation``.
  public func expectTransitions(of breaker: String, _ names: EventName...) throws {
    let found = numbered.filter { $0.event.name == breaker && $0.event.kind.name.isBreakerTransition }
    markAsserted(found.map(\.number))
    guard found.map(\.event.kind.name) == names else {
      let wanted = names.map(\.rawValue).joined(separator: ", ")
      throw unmet("of breaker `\(breaker)` \(wanted.isEmpty ? "no transition" : wanted), and no other transition")
    }
  }

  private func fits(_ event: ResilienceEvent, _ name: EventName, _ decider: String?, _ operation: String?) -> Bool {
    event.kind.name == name && (decider == nil || event.name == decider)
      && (operation == nil || event.operation == operation)
  }

  private func words(_ name: EventName, _ decider: String?, _ operation: String?) -> String {
    name.rawValue + (decider.map { " by `\($0)`" } ?? "") + (operation.map { " in \($0)" } ?? "")
  }

  private func unmet(_ wanted: String) -> UnmetExpectation {
    let lost = droppedCount
    let recorded = all.isEmpty ? ["nothing"] : all.map(\.description)
    let head = "expected \(wanted); recorded was\(lost > 0 ? ", after \(lost) events that are not kept," : ""):"
    return UnmetExpectation(([head] + recorded.map { "  " + $0 }).joined(separator: "\n"))
  }
}
