internal import PolicyLanguage
internal import ResilienceCore

/// How live mechanisms get other names: what has a new name goes on with everything it remembers.
extension MechanismRegistry {
  /// Comes before the registry follows the new document. What is live under the new name already keeps its own state.
  mutating func rename(_ renames: [Rename], at now: Instant) {
    for rename in renames {
      switch rename.section {
      case .breakers: renameBreakers(rename, at: now)
      case .budgets: budgets.rename(rename) { $0.rename(from: rename.old, to: rename.new) }
      case .bulkheads:
        bulkheads.rename(rename) { live, identity in
          live.instance.visitAll { $0.rename(from: rename.old, to: rename.new) }
          live.instance.update(live.settings, identity)
        }
      case .rateLimiters:
        rateLimiters.rename(rename) { live, identity in
          live.instance.visitAll { $0.rename(from: rename.old, to: rename.new) }
          live.instance.update(live.settings, identity, at: now)
        }
      case .hedges: hedges.rename(rename) { _, _ in }
      case .fallbacks: lastGood.rename(rename) { _, _ in }
      default: break
      }
    }
  }

  private mutating func renameBreakers(_ rename: Rename, at now: Instant) {
    let (old, new) = (ElementName(rename.old), ElementName(rename.new))
    if holds[new] == nil, let known = holds.removeValue(forKey: old) {
      known.rename(to: new)
      holds[new] = known
    }
    let known = holds[new]
    breakers.rename(rename) { live, identity in
      live.instance.visitAll { $0.rename(from: rename.old, to: rename.new) }
      // The numbers are the same, so nothing changes but the names of instances to come.
      _ = live.instance.update(live.settings, identity, holds: known, at: now)
    }
  }
}

extension Dictionary where Key == String {
  fileprivate mutating func rename<Instance, Settings>(
    _ rename: Rename, _ body: (Instance) -> Void
  ) where Value == MechanismRegistry.Live<Instance, Settings> {
    guard self[rename.new] == nil, let live = removeValue(forKey: rename.old) else { return }
    self[rename.new] = live
    body(live.instance)
  }
}

extension Dictionary where Key == MechanismIdentity {
  /// `body` is told each instance with its new identity.
  fileprivate mutating func rename(_ rename: Rename, _ body: (Value, MechanismIdentity) -> Void) {
    let (old, name) = (ElementName(rename.old), ElementName(rename.new))
    for (identity, live) in self where identity.name == old {
      let new = MechanismIdentity(name, identity.sharing)
      guard self[new] == nil else { continue }
      self[identity] = nil
      self[new] = live
      body(live, new)
    }
  }
}
