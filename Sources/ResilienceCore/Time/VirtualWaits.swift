/// Who waits on a virtual time, and which parts of the code have a name, in the order in which they began.
struct VirtualWaits {
  private var waits: [UInt64: VirtualWait] = [:]
  private var names: [UInt64: String] = [:]
  /// How many named parts of a number wait.
  private var waiting: [UInt64: Int] = [:]
  private var scopes: [UInt64: UInt64] = [:]
  private var begun: UInt64 = 0

  var count: Int { waits.count }

  var all: [VirtualWait] { waits.sorted { $0.key < $1.key }.map(\.value) }

  /// The named parts that have not ended and in which no wait is known.
  var silentNames: [String] {
    names.filter { (waiting[$0.key] ?? 0) == 0 }.sorted { $0.key < $1.key }.map(\.value)
  }

  mutating func beginName(_ name: String) -> UInt64 {
    begun += 1
    names[begun] = name
    return begun
  }

  mutating func endName(_ number: UInt64) {
    names[number] = nil
    waiting[number] = nil
  }

  mutating func begin(_ purpose: WaitPurpose, by scope: NamedScope?, since: Instant, until: Instant?) -> UInt64 {
    begun += 1
    waits[begun] = VirtualWait(who: scope?.name, purpose: purpose, since: since, until: until)
    if let scope {
      scopes[begun] = scope.number
      if names[scope.number] != nil { waiting[scope.number, default: 0] += 1 }
    }
    return begun
  }

  mutating func end(_ number: UInt64) {
    waits[number] = nil
    guard let scope = scopes.removeValue(forKey: number), let count = waiting[scope] else { return }
    waiting[scope] = max(count - 1, 0)
  }
}

/// A part of the code that has a name.
struct NamedScope: Hashable, Sendable {
  /// The innermost around this code.
  @TaskLocal static var current: NamedScope?

  let number: UInt64
  let name: String
}
