/// The steps of a plan's layers from the outermost in.
///
/// A plan has them when every one of its layers is a fallback, a retry without a budget, a limit that cancels or observes, or a breaker, bulkhead
/// or rate limiter that all its calls share. What other layers do for a call that goes right is more than this: they measure, choose by a label,
/// count, or leave bodies alone.
struct PassiveSteps: ~Copyable, Sendable {
  /// How many breakers a plan with steps has at most: a call keeps their permits in a word each.
  static let permits = 2

  private let steps: SteadyArray<PassiveStep>
  /// -1: the plan has no steps, and every call takes the long way.
  let count: Int
  let limits: PassiveLimits
  /// The state of a call that all layers let through.
  let passedState: UInt64
  /// How many of the steps are breakers, which are told how the call ended.
  let breakerCount: UInt8
  /// The outermost bulkhead, which gets a place back.
  let bulkhead: UncountedReference<Bulkhead>?
  let hasManyBulkheads: Bool

  init(_ layers: [Layer]) {
    let made = Self.steps(for: layers)
    steps = SteadyArray(made ?? [])
    limits = PassiveLimits(layers)
    count = made?.count ?? -1
    passedState = PassiveCall.state(
      steps: steps.count, limits.isEmpty ? PassiveCall.runsBodyFlag : PassiveCall.limitedFlag)
    breakerCount = UInt8(clamping: made?.count(where: \.isBreaker) ?? 0)
    let bulkheads = made?.compactMap(\.bulkhead) ?? []
    bulkhead = bulkheads.first
    hasManyBulkheads = bulkheads.count > 1
  }

  /// Whether calls walk these steps.
  var exist: Bool { count >= 0 }

  /// The step with this number, which must be below ``count``: only the walk of a ``PassiveCall`` asks, and that ends there.
  @inline(__always)
  func step(_ number: Int) -> PassiveStep { steps[number] }

  private static func steps(for layers: [Layer]) -> [PassiveStep]? {
    var steps: [PassiveStep] = []
    steps.reserveCapacity(layers.count)
    var permits = 0
    var rejectsAlone = true
    for (index, layer) in layers.enumerated() {
      switch layer.mechanism {
      case .fallback(let chain) where !chain.contains(where: \.keepsValues): rejectsAlone = false
      case .retry(_, budget: nil): continue
      case .deadline(let limit) where limit.isPassive, .timeout(let limit) where limit.isPassive: continue
      case .breaker(.shared(let breaker)) where permits < Self.permits:
        let mechanism = PassiveStep.Mechanism.breaker(UncountedReference(breaker), permit: permits)
        steps.append(PassiveStep(mechanism: mechanism, layer: index, rejectsAlone: rejectsAlone))
        permits += 1
        rejectsAlone = false
      case .bulkhead(.shared(let bulkhead)):
        let mechanism = PassiveStep.Mechanism.bulkhead(UncountedReference(bulkhead))
        steps.append(PassiveStep(mechanism: mechanism, layer: index, rejectsAlone: rejectsAlone))
        rejectsAlone = false
      case .rateLimit(.shared(let limiter)):
        let mechanism = PassiveStep.Mechanism.rateLimit(UncountedReference(limiter))
        steps.append(PassiveStep(mechanism: mechanism, layer: index, rejectsAlone: rejectsAlone))
      default: return nil
      }
    }
    return steps
  }
}

extension PassiveStep {
  fileprivate var isBreaker: Bool { if case .breaker = mechanism { true } else { false } }

  fileprivate var bulkhead: UncountedReference<Bulkhead>? {
    if case .bulkhead(let bulkhead) = mechanism { bulkhead } else { nil }
  }
}

extension Limit {
  /// Whether a body that ends in time has nothing more of it than an instant: it need not outlive its call, and has time to start.
  fileprivate var isPassive: Bool { mode != .abandon && after > 0 }
}

extension FallbackStep {
  /// Whether a good value is kept for later.
  fileprivate var keepsValues: Bool {
    if case .lastGood = source { true } else { false }
  }
}
