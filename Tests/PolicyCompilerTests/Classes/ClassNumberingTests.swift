import ResilienceCore
import Testing

@testable import PolicyCompiler

private func defined(_ indices: Int...) -> FailureClasses {
  indices.reduce(into: []) { $0.insert(.defined($1)) }
}

@Suite("Bits of error classes")
struct ClassNumberingTests {
  @Test("The first file numbers its classes in order")
  func first() {
    let numbering = ClassNumbering(["a", "b"])
    #expect(numbering(defined(0, 1)) == defined(0, 1))
  }

  @Test("A class keeps its bit when it moves in the file, and a new one takes a bit that nobody had")
  func moved() {
    let old = ClassNumbering(["a", "b"])
    let new = ClassNumbering(["fresh", "b", "a"], following: old)
    #expect(new(defined(0)) == defined(2))
    #expect(new(defined(1)) == defined(1))
    #expect(new(defined(2)) == defined(0))
  }

  @Test("A class that is gone keeps its bit for when it comes back")
  func gone() {
    let first = ClassNumbering(["a", "b"])
    let without = ClassNumbering(["b", "c"], following: first)
    #expect(without(defined(0, 1)) == defined(1, 2))
    let again = ClassNumbering(["c", "a", "b"], following: without)
    #expect(again(defined(1)) == defined(0))
  }

  @Test("Sets that mean everything, and the built-in classes, stay what they are")
  func everything() {
    let numbering = ClassNumbering(["b", "a"], following: ClassNumbering(["a", "b"]))
    for set in [.everything, .all, .everything.subtracting(.cancelled), [.timeout, .other]] as [FailureClasses] {
      #expect(numbering(set) == set)
    }
  }

  @Test("With every bit used once, the bits of classes that are gone are used again")
  func exhausted() {
    var numbering = ClassNumbering([])
    for generation in 0..<10 {
      let names = (0..<FailureClasses.capacity).map { "class\(generation)-\($0)" }
      numbering = ClassNumbering(names, following: numbering)
      let bits = names.indices.map { numbering(.defined($0)) }
      #expect(Set(bits).count == FailureClasses.capacity)
    }
  }

  @Test("A live breaker handles the same class after the file's order changed")
  func liveBreaker() throws {
    func policies(_ classes: String) -> String {
      """
      version: 1
      errors: {\(classes)}
      breakers:
        database: {failures: 2, open: 60s, handle: [transient]}
      pipelines:
        read: [{deadline: 2s}, {breaker: database}]
      operations:
        users.get: read

      """
    }
    let old = try compile(policies("transient: {match: [{http: [503]}]}, caller: {match: [{http: [400]}]}"))
    let plan = try #require(old.plan(for: "users.get"))
    let new = try compile(
      policies("caller: {match: [{http: [400]}]}, transient: {match: [{http: [503]}]}"), following: old)
    new.takeOver(at: Instant(nanoseconds: 0))
    let other = try #require(new.plan(for: "users.get"))
    for plan in [plan, other] {
      _ = try plan.runBlocking(judge: { FailureFacts(http: $0) }) { 400 }
      #expect(new.breaker("database")?.state == .closed)
    }
    for plan in [plan, other] { _ = try plan.runBlocking(judge: { FailureFacts(http: $0) }) { 503 } }
    #expect(new.breaker("database")?.state == .open)
  }
}
