internal import PolicyCompiler
internal import PolicyLanguage
internal import ResilienceCore

/// A recovery that is looked after: what does not change while it lives.
final class LiveRecovery: Sendable {
  let name: String
  /// Rings when the condition may have changed, an attempt has ended, or the recovery is no more.
  let bell = Bell()

  init(_ name: String) { self.name = name }
}

/// What is known of one recovery.
struct KnownRecovery: Sendable {
  let live: LiveRecovery
  var machine: RecoveryMachine
  var definition: RecoveryDefinition
  var location: String
  /// Whether a task looks after it.
  var isFollowed = false
  /// Why the latest attempt failed.
  var failure: String?

  init(_ definition: Definition<RecoveryDefinition>) {
    live = LiveRecovery(definition.name)
    machine = RecoveryMachine(definition.value.settings)
    self.definition = definition.value
    location = definition.location.inShort
  }

  /// Takes over another definition of the same recovery.
  mutating func update(_ definition: Definition<RecoveryDefinition>) {
    machine.update(definition.value.settings)
    self.definition = definition.value
    location = definition.location.inShort
  }
}
