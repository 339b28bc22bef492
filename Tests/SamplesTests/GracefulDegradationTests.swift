import Resilience
import Synchronization
import Testing

@Suite struct GracefulDegradationTests {
  struct Profile: Decodable, Hashable, Sendable {
    let name: String
    let theme: String
  }

  private static let ada = Profile(name: "Ada", theme: "dark")

  @Test func aProfileGetsWorseByStepsInsteadOfFailing() throws {
    let replicaIsUp = Atomic(true)
    let replica = FallbackHandler(returning: Profile.self) { context in
      guard replicaIsUp.load(ordering: .relaxed) else { throw BadAnswer() }
      return Profile(name: context.labels["user"] ?? "", theme: "replica")
    }
    try Trial.of("graceful-degradation", operations: ["profile.load-replica": replica]) { trial in
      let load = try trial.engine.policy("profile.load", returning: Profile.self)
      func call(_ user: String, _ body: () async throws -> Profile) async throws -> (Profile, CallReport) {
        let report = CallReport()
        return (try await load.run(labels: ["user": user], report: report, body), report)
      }

      #expect(try await call("ada") { Self.ada }.0 == Self.ada)
      trial.time.advance(by: .seconds(60))

      let (fromReplica, first) = try await call("ada") { throw BadAnswer() }
      #expect(fromReplica == Profile(name: "ada", theme: "replica"))
      #expect(first.fallback == "from-replica")

      replicaIsUp.store(false, ordering: .relaxed)
      trial.time.advance(by: .seconds(60))
      let (lastSeen, second) = try await call("ada") { throw BadAnswer() }
      #expect(second.fallback == "last-seen")
      #expect(lastSeen == Self.ada)
      #expect(second.fallbackAge == .seconds(120))

      let (anonymous, third) = try await call("grace") { throw BadAnswer() }
      #expect(anonymous == Profile(name: "", theme: "light"))
      #expect(third.fallback == "anonymous")

      trial.time.advance(by: .seconds(601))
      #expect(try await call("ada") { throw BadAnswer() }.1.fallback == "anonymous")
    }
  }
}
