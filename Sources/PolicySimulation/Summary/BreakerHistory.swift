internal import ResilienceCore

/// In which states one breaker was, and when.
package struct BreakerHistory: Hashable, Sendable {
  package struct Span: Hashable, Sendable {
    package let state: String
    package let from: UInt64
    package fileprivate(set) var to: UInt64
  }

  package let name: String
  /// One after the other, without gaps.
  package private(set) var spans: [Span]

  init(_ name: String, state: String, at now: UInt64) {
    self.name = name
    spans = [Span(state: state, from: now, to: now)]
  }

  mutating func change(to state: String, at now: UInt64) {
    end(at: now)
    spans.append(Span(state: state, from: now, to: now))
  }

  mutating func end(at now: UInt64) {
    guard let last = spans.indices.last else { return }
    spans[last].to = max(spans[last].to, now)
  }

  /// Nanoseconds in each state that it was in, in the order of ``states``.
  package var times: [(state: String, time: UInt64)] {
    Self.states.compactMap { state in
      let inState = spans.filter { $0.state == state }
      guard !inState.isEmpty else { return nil }
      return (state, inState.reduce(0) { $0.addingSaturated($1.to - $1.from) })
    }
  }

  /// Every state, from the most open for calls to the least.
  package static let states = [
    "closed", "ramping", "half-open", "open", "forced-open", "isolated", "disabled", "shadow",
  ]
}
