import Resilience
import ResilienceTesting
import Testing

private let policies = """
  version: 1
  operations:
    failing: {layers: [{deadline: 2s}, {chaos: {fail: other, rate: 100%}}]}
    answered: {layers: [{deadline: 2s}, {chaos: {value: {name: nobody}, rate: 100%, when: tenant=test}}]}

  """

@Suite("Chaos of a policy file")
struct ChaosPolicyTests {
  @Test("Chaos that the engine does not allow does nothing, and an event tells of each place, after a reload too")
  func ignored() async throws {
    let log = EventRecorder()
    let text = PolicyText(policies)
    let engine = try text.engine(observer: log.observer)
    let failing = try engine.policy("failing")
    #expect(try await failing.run { 1 } == 1)
    #expect(log.all.map(\.location) == ["policies.yaml:3", "policies.yaml:4"])
    #expect(log.all.allSatisfy { if case .chaosIgnored = $0.kind { $0.layer == .chaos } else { false } })
    // A shared file asks nothing of code that will not get its values.
    _ = try engine.policy("answered")
    text.write(policies.replacing("2s", with: "3s"))
    try await engine.reload()
    #expect(log.all.count { if case .chaosIgnored = $0.kind { true } else { false } } == 4)
  }

  @Test("Where it is allowed, it does what the file says, and asks for the type of its values")
  func allowed() async throws {
    let engine = try PolicyText(policies).engine(allowChaos: true)
    let failing = try engine.policy("failing")
    let error = await #expect(throws: InjectedFailure.self) { try await failing.run { 1 } }
    #expect(error?.failureClass == "other" && error?.name == "operations/failing/chaos")
    let refused = #expect(throws: PolicyFileError.self) { try engine.policy("answered") }
    #expect(refused?.problems.map(\.line) == [4])
    #expect(throws: PolicyFileError.self) { try engine.policy("answered", returning: Int.self) }
    let answered = try engine.policy("answered", returning: User.self)
    let real = User(name: "real")
    #expect(try await answered.run { real } == real)
    #expect(try await answered.run(labels: ["tenant": "test"]) { real } == User(name: "nobody"))
  }
}
