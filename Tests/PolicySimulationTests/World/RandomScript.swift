import ResilienceCore

/// Random policies and what happens to them, written out so that a failure can be replayed by hand.
struct RandomScript {
  enum Line {
    case call(at: UInt64, attempts: String)
    /// Cancels the call that is so many calls before this line.
    case cancel(at: UInt64, back: Int)
    case byHand(at: UInt64, String)
  }

  let policies: String
  let concurrent: Int?
  let attempts: Int
  /// Bodies that can run at once in one call.
  let legs: Int
  var lines: [Line]

  init(_ chance: Chance) {
    let concurrent = chance.happens(.percent(60)) ? Int(chance.draw(1...3)) : nil
    let tries = Int(chance.draw(1...4))
    let extra = chance.happens(.percent(40)) ? Int(chance.draw(1...2)) : 0
    self.concurrent = concurrent
    attempts = tries * (1 + extra)
    legs = 1 + extra
    func maybe(_ percent: Double, _ layer: String) -> [String] { chance.happens(.percent(percent)) ? [layer] : [] }
    var layers = maybe(30, "{fallback: f}") + maybe(50, "{deadline: \(chance.draw(50...900))ms}")
    layers += maybe(30, "{rateLimit: l}")
    layers += concurrent == nil ? [] : ["{bulkhead: k}"]
    layers += maybe(70, "{retry: r}")
    layers += extra == 0 ? [] : ["{hedge: {after: \(chance.draw(1...8) * 20)ms, extra: \(extra)}}"]
    layers += maybe(70, "{breaker: b}")
    let mode = chance.happens(.percent(50)) ? "cooperative" : "abandon"
    layers += maybe(60, "{timeout: {after: \(chance.draw(20...300))ms, mode: \(mode)}}")
    if layers.isEmpty { layers = ["{retry: r}"] }
    policies = """
      version: 1
      breakers: {b: {failures: \(chance.draw(1...4)), open: {for: \(chance.draw(20...400))ms, jitter: 20%}, halfOpen: 2}}
      retries: {r: {attempts: \(tries), backoff: {initial: \(chance.draw(1...100))ms, factor: 2, max: 1s}}}
      bulkheads: {k: {concurrent: \(concurrent ?? 1), queue: \(chance.draw(1...4)), wait: \(chance.draw(10...200))ms}}
      rateLimiters: {l: {rate: \(chance.draw(5...50))/s, burst: \(chance.draw(1...3)), wait: \(chance.draw(10...200))ms}}
      fallbacks: {f: {lastGood: {maxAge: 1s, key: none}}}
      operations:
        op: {idempotent: true, layers: [\(layers.joined(separator: ", "))]}

      """
    var at: UInt64 = 0
    lines = []
    for _ in 0..<chance.draw(1...30) {
      at += chance.draw(0...80) / 20 * 20
      switch chance.draw(0...9) {
      case 0: lines.append(.cancel(at: at, back: Int(chance.draw(0...3))))
      case 1:
        let hand = ["isolate", "close", "reset"][Int(chance.draw(0...2))]
        lines.append(.byHand(at: at, hand))
      default:
        let ends = (0..<chance.draw(1...3)).map { _ in Self.attempt(chance) }
        lines.append(.call(at: at, attempts: ends.joined(separator: ",")))
      }
    }
  }

  private static func attempt(_ chance: Chance) -> String {
    let takes = chance.draw(0...200) / 20 * 20
    return switch chance.draw(0...9) {
    case 0: #"{"end":"hang"}"#
    case 1...5: #"{"takes":"\#(takes)ms","end":"ok"}"#
    default: #"{"takes":"\#(takes)ms","end":"fail"}"#
    }
  }

  /// The script; a call at least, so that it is one.
  var text: String {
    var text = #"{"at":"0ms","attempts":[{"end":"ok"}]}"# + "\n"
    var calls = 1
    for line in lines {
      switch line {
      case .call(let at, let attempts):
        calls += 1
        text += #"{"at":"\#(at)ms","attempts":[\#(attempts)]}"# + "\n"
      case .cancel(let at, let back): text += #"{"at":"\#(at)ms","do":"cancel","call":\#(max(calls - back, 1))}"# + "\n"
      case .byHand(let at, let hand): text += #"{"at":"\#(at)ms","do":"\#(hand)","breaker":"b"}"# + "\n"
      }
    }
    return text
  }

  /// The script without as many lines as it can do without and still fail.
  func shrunk(while fails: (RandomScript) throws -> Bool) rethrows -> RandomScript {
    var smallest = self
    var index = 0
    while index < smallest.lines.count {
      var smaller = smallest
      smaller.lines.remove(at: index)
      if try fails(smaller) { smallest = smaller } else { index += 1 }
    }
    return smallest
  }
}
