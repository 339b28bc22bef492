internal import PolicyCompiler
internal import ResilienceCore

extension World {
  /// Does the next line of the load.
  mutating func takeLine() {
    switch load.take() {
    case nil: break
    case .call(let labels): beginCall(labels: labels)
    case .reload(let file): reload(from: file)
    case .isolate(let breaker): byHand(breaker) { $0.isolate(at: $1) }
    case .close(let breaker): byHand(breaker) { $0.close(at: $1) }
    case .reset(let breaker): byHand(breaker) { $0.reset(at: $1) }
    }
  }

  /// Cancels the caller of a call: one that begins at this instant does nothing but begin, and one that has ended is left
  /// alone.
  mutating func cancel(call number: Int) {
    if number > callsBegun { cancelledBeforehand.insert(number) }
    if let slot = slots[number] { cancel(slot) }
  }

  /// Cancels a call, or a leg, or what stands in for it: bodies and waits end at once.
  mutating func cancel(_ outer: UInt32) {
    var slot = outer
    while let inner = pool[slot].standIn { slot = inner }
    switch pool[slot].stage {
    case .body: cancelBody(slot)
    case .waiting, .queued: endWait(of: slot, .cancelled)
    case .racing:
      _ = pool.newEpoch(slot)
      proceed(slot, pool[slot].call.hedgeCancelled(byLimit: pool[slot].left == .limit, at: instant))
    case .deciding, .standIn: break
    }
  }

  private mutating func reload(from file: String) {
    let current = graphs[graphs.count - 1].graph
    guard let next = reload(file, current) else {
      recording.note(.reloadRejected, at: now, name: file)
      return
    }
    next.takeOver(at: instant)
    graphs.append(GraphInForce(next, operation: operation, classes: classes))
    recording.note(.reloadApplied, at: now, name: file)
    watchBreakers()
  }

  private mutating func byHand(_ name: String, _ change: (CircuitBreaker, Instant) -> BreakerChanges) {
    let instance = BreakerInstanceName(name)
    guard let breaker = graphs[graphs.count - 1].graph.breaker(instance.name, key: instance.key) else { return }
    recording.watchBreaker(name, breaker.state(at: instant).state.rawValue, at: 0)
    note(change(breaker, instant), of: breaker)
  }

  /// Notes the states in which the breakers of the plan in force begin, and which of them wait for calls to become slow.
  mutating func watchBreakers() {
    for layer in graphs[graphs.count - 1].plan?.layers ?? [] {
      guard case .breaker(let breakers) = layer.mechanism else { continue }
      slowCalls.watch(breakers)
      guard case .shared(let breaker) = breakers else { continue }
      recording.watchBreaker(breaker.name, breaker.state(at: instant).state.rawValue, at: now)
    }
  }

  /// Counts the calls that become slow at this instant.
  mutating func markSlowCalls() {
    slowCalls.visit { breaker in
      let changes = breaker.catchUp(at: instant)
      if !changes.isEmpty { marked.append((breaker, changes)) }
    }
    for (breaker, changes) in marked { note(changes, of: breaker) }
    marked.removeAll(keepingCapacity: true)
  }

  private mutating func note(_ changes: BreakerChanges, of breaker: CircuitBreaker) {
    for change in changes {
      recording.breaker(breaker.name, change.change, at: change.instant.nanoseconds, call: nil)
    }
  }
}

/// The name of one instance of a breaker: `database`, or `partner{tenant=a}`.
private struct BreakerInstanceName {
  let name: String
  /// The value of the label, the operation or the target; `nil` for a breaker that all calls share.
  var key: String?

  init(_ text: String) {
    guard text.hasSuffix("}"), let brace = text.firstIndex(of: "{"), let sign = text[brace...].firstIndex(of: "=")
    else {
      name = text
      return
    }
    name = String(text[..<brace])
    key = String(text[text.index(after: sign)...].dropLast())
  }
}
