import LocatedYAML
import PolicyLanguage
import ResilienceCore

extension Rule {
  static let retryOfRejected = Rule(
    "RP509", "retry-of-rejected", .error, "A retry that handles `rejected` or `cancelled`.",
    why: """
      A rejection says "not now, leave it alone", and a cancelled caller has stopped waiting. The engine tries neither \
      again, so whoever wrote the class believes in tries that are never made.
      """,
    bad: RuleExample(
      """
      version: 1
      operations:
        users.get:
          idempotent: true
          layers:
            - deadline: 2s
            - retry: {attempts: 3, backoff: 100ms, handle: [timeout, rejected]}

      """, line: 7),
    good: """
      version: 1
      operations:
        users.get:
          idempotent: true
          layers:
            - deadline: 2s
            - retry: {attempts: 3, backoff: 100ms, handle: [timeout]}

      """)
}

extension AnalysisRule {
  static let retryOfRejected = AnalysisRule(rule: .retryOfRejected) { subject in
    subject.findings { document in
      var seen: Set<Location> = []
      return document.allRetries.flatMap { retry in
        hopeless.compactMap { word, classes in
          guard retry.definition.value.settings.handle.contains(classes) else { return nil }
          let list = document.place(retry.definition.origins["handle"], else: retry.definition.location)
          let place = list.word(word) ?? list
          return seen.insert(place).inserted ? finding(word, at: place, in: list, of: retry) : nil
        }
      }
    }
  }

  private static let hopeless: [(word: String, classes: FailureClasses)] = [
    ("rejected", .rejected), ("cancelled", .cancelled),
  ]

  private static func finding(
    _ word: String, at place: Location, in list: Location, of retry: PlacedRetry
  ) -> Finding {
    Finding(
      Diagnostic(
        .retryOfRejected, "retry `\(retry.definition.name)` handles `\(word)`, which is never tried again", at: place,
        path: retry.path,
        help: word == "rejected"
          ? "take it out; a call that a breaker or bulkhead turned away is what a `fallback` is for"
          : "take it out; a caller that was cancelled does not wait for another try"))
  }
}

/// A retry of a file with its policy path.
private struct PlacedRetry {
  let definition: Definition<RetryDefinition>
  let path: String
}

extension PolicyDocument {
  /// Those with a name, by name, then those written in layers.
  fileprivate var allRetries: [PlacedRetry] {
    let named = retries.values.sorted { $0.name < $1.name }.map {
      PlacedRetry(definition: $0, path: "retries.\($0.name)/handle")
    }
    let own = operations.flatMap { operation in
      operation.value.layers.compactMap { layer in
        layer.shared ? nil : layer.retry.map { PlacedRetry(definition: $0, path: operation.path(of: layer, "handle")) }
      }
    }
    return named + own
  }
}

extension Location {
  /// The first place inside this one where `word` stands by itself; `nil` when it does not.
  fileprivate func word(_ word: String) -> Location? {
    let bytes = source.bytes
    let letters = Array(word.utf8)
    let end = min(span.end, bytes.count)
    guard span.start + letters.count <= end else { return nil }
    func isLetter(_ offset: Int) -> Bool {
      guard offset >= span.start, offset < end else { return false }
      let byte = bytes[offset] | 0x20
      return byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") || bytes[offset] == UInt8(ascii: "-")
    }
    for start in span.start...(end - letters.count)
    where bytes[start...].starts(with: letters) && !isLetter(start - 1) && !isLetter(start + letters.count) {
      return Location(source: source, span: ByteSpan(start, start + letters.count))
    }
    return nil
  }
}
