/// What all plans of a graph have in common, and need only when something goes wrong.
package final class PlanHost: Sendable {
  let classifier: FailureClassifier
  let chance: Chance
  let supervisor: Supervisor
  let generation: UInt64

  package init(classifier: FailureClassifier, chance: Chance, supervisor: Supervisor, generation: UInt64) {
    self.classifier = classifier
    self.chance = chance
    self.supervisor = supervisor
    self.generation = generation
  }
}
