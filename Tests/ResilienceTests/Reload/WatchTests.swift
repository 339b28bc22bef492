import Resilience
import Testing

@Suite("Reloads when files change")
struct WatchTests {
  @Test("A write in place, a rename into place and an exchanged link are one change each")
  func changes() async throws {
    let directory = try PolicyDirectory()
    try directory.makeDirectory("..1")
    try directory.write(policies(failures: 1), to: "..1/policies.yaml")
    try directory.link("..data", to: "..1")
    try directory.link("policies.yaml", to: "..data/policies.yaml")
    let engine = try await ResilienceEngine(policiesAt: directory.file("policies.yaml"))
    let ends = ReloadEnds()
    engine.reloadOnChange(ends.observer)

    try directory.write(policies(failures: 2), to: "..1/policies.yaml")
    #expect(await ends.next() == 2)

    try directory.write(policies(failures: 3), to: "..1/new.yaml")
    try directory.rename("..1/new.yaml", to: "..1/policies.yaml")
    #expect(await ends.next() == 3)

    try directory.makeDirectory("..2")
    try directory.write(policies(failures: 4), to: "..2/policies.yaml")
    try directory.link("..data_tmp", to: "..2")
    try directory.rename("..data_tmp", to: "..data")
    #expect(await ends.next() == 4)

    // The directory that the links now lead to is watched too, and one that they left is not.
    try directory.write("no policies", to: "..1/policies.yaml")
    try directory.write(policies(failures: 5), to: "..2/policies.yaml")
    #expect(await ends.next() == 5)
  }

  @Test("A bad file changes nothing and is followed by the next good one")
  func badThenGood() async throws {
    let directory = try PolicyDirectory()
    try directory.write(policies(failures: 1), to: "policies.yaml")
    let engine = try await ResilienceEngine(policiesAt: directory.file("policies.yaml"))
    let ends = ReloadEnds()
    engine.reloadOnChange(ends.observer)
    try directory.write("version: 1\nbreakers: {database: {failures: 0}}\n", to: "policies.yaml")
    #expect(await ends.next() == nil)
    #expect(engine.generation == 1)
    try directory.write(policies(failures: 2), to: "policies.yaml")
    #expect(await ends.next() == 2)
  }

  @Test("A change before the watch began is found, and an included file counts")
  func included() async throws {
    let directory = try PolicyDirectory()
    try directory.makeDirectory("shared")
    try directory.write("version: 1\nbudgets:\n  calls: {ratio: 20%}\n", to: "shared/budgets.yaml")
    try directory.write("include: [shared/budgets.yaml]\n" + policies(failures: 1), to: "policies.yaml")
    let engine = try await ResilienceEngine(policiesAt: directory.file("policies.yaml"))
    try directory.write("include: [shared/budgets.yaml]\n" + policies(failures: 2), to: "policies.yaml")
    let ends = ReloadEnds()
    engine.reloadOnChange(ends.observer)
    #expect(await ends.next() == 2)
    try directory.write("version: 1\nbudgets:\n  calls: {ratio: 30%}\n", to: "shared/budgets.yaml")
    #expect(await ends.next() == 3)
  }
}
