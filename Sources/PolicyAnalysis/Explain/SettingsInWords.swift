import PolicyLanguage
import PolicySimulation
import ResilienceCore

extension Duration {
  /// `2 s`.
  var inWords: String { TimeText.inWords(nanoseconds) }
}

extension Double {
  /// Without a fraction where there is none.
  var inWords: String { self == rounded() && abs(self) < 1e15 ? "\(Int(self))" : "\(self)" }
}

extension Ratio {
  /// `50%`.
  var inWords: String { (Double(partsPerMillion) / 10_000).inWords + "%" }
}

extension RetrySettings.Jitter {
  var inWords: String {
    switch self {
    case .none: "none"
    case .full: "full"
    case .equal: "equal"
    case .decorrelated: "decorrelated"
    case .share(let share): share.inWords
    }
  }
}

extension CircuitBreakerSettings {
  /// The calls in the window before a rate is judged, written or by default.
  var effectiveMinimumCalls: Int {
    if let minimumCalls { return minimumCalls }
    if case .calls(let count) = window { return min(20, count) }
    return 20
  }
}

extension CircuitBreakerSettings.Window {
  var inWords: String {
    switch self {
    case .calls(let count): "\(count) calls"
    case .time(let time): time.inWords
    }
  }
}

extension InstanceScope {
  var inWords: String {
    switch self {
    case .shared: "shared"
    case .operation: "operation"
    case .target: "target"
    case .key(let label): "key \(label)"
    }
  }
}

extension PolicyDocument {
  /// The names of the classes in a `handle`.
  func handled(_ classes: FailureClasses) -> String {
    if classes == .all { return "all" }
    let builtIn: [(FailureClasses, String)] = [
      (.timeout, "timeout"), (.rejected, "rejected"), (.cancelled, "cancelled"), (.other, "other"),
    ]
    let defined = errors.enumerated().map { (FailureClasses.defined($0.offset), $0.element.value.name) }
    let named = builtIn + defined
    let missing = named.filter { !classes.contains($0.0) }.map(\.1)
    guard classes.contains(.defined(FailureClasses.capacity - 1)) else {
      return named.filter { classes.contains($0.0) }.map(\.1).joined(separator: ", ")
    }
    return missing.isEmpty ? "everything" : "all but \(missing.joined(separator: ", "))"
  }
}
