internal import LocatedYAML
internal import ResilienceCore

/// A breaker while it is read.
struct BreakerDraft: Sendable {
  var settings = CircuitBreakerSettings(open: .init(.zero))
  var scope = InstanceScope.shared
}

/// Probes while they are read.
struct HalfOpenDraft: Sendable {
  var probes = CircuitBreakerSettings.HalfOpen().probes
  var successes: Int?
  var lease: Duration?
  var ramp: [Ratio] = []
}

enum BreakerTable {
  static let breaker = Section(
    "breaker", "Stops calls to a callee that fails, and lets probes find out when it is back.", BreakerDraft(),
    choice: .anyOf(["failures", "failureRate", "slowRate", "failuresInWindow"]), inherits: true, keepsState: true
  ) {
    Field("failures", .count, to: \.settings.failures, "consecutive failures that open", example: "5")
    Field(
      "failureRate", .ratio, to: \.settings.failureRate, "share of failures in the window that opens", example: "50%")
    Field(
      "slowRate", .ratio, to: \.settings.slowRate, "share of slow calls in the window that opens; needs `slowerThan`",
      example: "80%")
    Field(
      "slowerThan", .duration, to: \.settings.slowerThan, "a call that takes longer than this is slow", example: "400ms"
    )
    Field(
      "failuresInWindow", .count, to: \.settings.failuresInWindow, "failures in the window that open", example: "10")
    Field(
      "window", .window, to: \.settings.window, "the last so many calls, or the calls of so much time in ten buckets",
      example: "30s")
    Field(
      "minimumCalls", .count, to: \.settings.minimumCalls, default: "20, or the window if that is smaller",
      "calls in the window before a rate is judged", example: "20")
    Field("open", .openTime, to: \.settings.open, mandatory: true, "how long it stays open", example: "60s")
    Field("halfOpen", .halfOpen, to: \.settings.halfOpen, "how it finds out that the callee is back", example: "2")
    Field(
      "handle", .handled, to: \.settings.handle, default: "every class that counts",
      "the failures that count; others are successes to it", example: "[transient, timeout, other]")
    Field("scope", .scope, to: \.scope, "whose calls one breaker sees", example: "{key: tenant}")
    Field("mode", .breakerMode, to: \.settings.mode, "whether it acts on what it decides", example: "shadow")
  }

  static let openTime = Section(
    "open time", "How long a breaker stays open.", CircuitBreakerSettings.OpenTime(.zero),
    shorthands: [.value(TextNotation.duration.shape, fields: ["for"], example: "60s")]
  ) {
    Field("for", .duration, to: \.duration, mandatory: true, "the first open time", example: "10s")
    Field("factor", .factor, to: \.factor, "what it grows by on each re-open in a row", example: "2")
    Field("max", .duration, to: \.max, default: "no cap", "what it never grows beyond", example: "2m")
    Field("jitter", .ratioOrNone, to: \.jitter, "share that chance takes off each open time", example: "20%")
  }

  static let halfOpen = Section(
    "half-open state", "How a breaker finds out that its callee is back.", HalfOpenDraft(),
    shorthands: [.value(TextNotation.count.shape, fields: ["probes", "successes"], example: "2")]
  ) {
    Field("probes", .count, to: \.probes, "probes that run at once", example: "5")
    Field("successes", .count, to: \.successes, default: "as `probes`", "successes among them that close", example: "4")
    Field(
      "lease", .duration, to: \.lease, default: "the open time just served", "how long a silent probe keeps its place",
      example: "30s"
    )
    Field(
      "ramp", .ramp, to: \.ramp,
      "growing shares of the calls that are let through in turn after the verdict, each for the open time just served",
      example: "[5%, 25%, 50%]")
  }
}

extension Notation<BreakerDefinition> {
  static var breaker: Notation {
    .map(BreakerTable.breaker) { filled, decoder in
      BreakerChecks(filled: filled, decoder: decoder).run()
      return BreakerDefinition(settings: filled.draft.settings, scope: filled.draft.scope)
    }
  }
}

extension Notation<CircuitBreakerSettings.OpenTime> {
  static var openTime: Notation {
    .map(BreakerTable.openTime) { filled, decoder in
      let time = filled.draft
      if filled.isOwn("max"), time.factor == 1 {
        decoder.dead("max", because: "an open time without a `factor` above 1 does not grow", in: filled)
      }
      decoder.ordered("for", time.duration, "max", time.max, in: filled)
      return time
    }
  }
}

extension Notation<CircuitBreakerSettings.HalfOpen> {
  static var halfOpen: Notation {
    Notation.map(BreakerTable.halfOpen) { filled, _ in
      CircuitBreakerSettings.HalfOpen(
        probes: filled.draft.probes, successes: filled.draft.successes, lease: filled.draft.lease,
        ramp: filled.draft.ramp)
    }.comparable().showing {
      $0.probes == $0.successes && $0.lease == nil && $0.ramp.isEmpty ? "\($0.probes)" : nil
    }
  }
}

extension Notation<[Ratio]> {
  /// Shares that grow, or `none`.
  static var ramp: Notation {
    let none = Word("none", "every call at once")
    let share = TextNotation<Ratio>.ratio
    return Notation(
      .either([.list(of: share.shape), .words([none])]),
      read: { layered, decoder in
        guard !layered.node.hasText(none.text) else {
          decoder.consume(layered.node)
          return []
        }
        let shares = decoder.list(layered, of: share.shape, atLeastOne: true) {
          decoder.scalar(Layered($0), as: share)
        }
        return shares.flatMap { decoder.growing($0, in: layered.node) ? $0 : nil }
      },
      show: { $0.isEmpty ? none.text : nil }, same: { $0 == $1 })
  }
}

extension PolicyDecoder {
  /// Whether each share is larger than the one before; reports the first that is not.
  fileprivate func growing(_ shares: [Ratio], in list: Node) -> Bool {
    let items = Array(list.items)
    for index in shares.indices.dropFirst() where shares[index] <= shares[index - 1] {
      guard items.indices.contains(index) else { continue }
      report(
        .outOfRange, "`\(items[index].resolved.text)` is not more than the step before it", at: Location(items[index]),
        help: "each step of a ramp lets more calls through than the one before")
      return false
    }
    return true
  }
}

extension TextNotation<CircuitBreakerSettings.Window> {
  /// `100` calls or `30s`.
  static var window: TextNotation {
    TextNotation(
      .either([TextNotation<Duration>.duration.shape, TextNotation<Int>.count.shape]),
      parse: { text throws(Advice) in
        if text.allSatisfy(\.isASCIIDigit) { return .calls(try TextNotation<Int>.count.parse(text)) }
        return .time(try DurationText.parse(text))
      },
      show: {
        switch $0 {
        case .calls(let calls): "\(calls)"
        case .time(let time): DurationText.show(time)
        }
      })
  }
}

extension TextNotation<CircuitBreakerSettings.Mode> {
  static var breakerMode: TextNotation {
    .words([
      (Word("enforce", "decides and rejects"), .enforce),
      (Word("shadow", "decides and tells, and lets every call through"), .shadow),
      (Word("disabled", "lets every call through and looks at none"), .disabled),
      (Word("forced-open", "rejects every call"), .forcedOpen),
    ])
  }
}
