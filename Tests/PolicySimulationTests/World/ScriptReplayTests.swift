import LocatedYAML
import PolicyLanguage
import PolicySimulation
import Testing

/// Each folder has a script, its policies, and the events that the rules give; nothing in it was copied from a run.
@Suite("Scripts, replayed byte for byte")
struct ScriptReplayTests {
  static let names = namesInFolder(scriptsFolder)

  @Test("The events are those that the rules give", arguments: names)
  func replay(_ name: String) throws {
    let expected = String(decoding: try read("expected.jsonl", of: name), as: UTF8.self)
    let lines = try run(name)
    #expect(lines.map { $0 + "\n" }.joined() == expected)
    #expect(try run(name) == lines, "the same input gives the same bytes")
  }

  @Test("There are scripts") func thereAreScripts() { #expect(Self.names.count >= 15) }

  private func run(_ name: String) throws -> [String] {
    let folder = "\(scriptsFolder)/\(name)"
    let document = try #require(PolicyLoader().load("\(folder)/policies.yaml").document)
    let script = try Script(read("script.jsonl", of: name), path: "script.jsonl")
    let simulation = Simulation(of: "op", in: document, .script(script)) { file in
      PolicyLoader().load("\(folder)/\(file)").document
    }
    return Run(simulation).lines
  }

  private func read(_ file: String, of name: String) throws -> [UInt8] {
    try readFile("\(scriptsFolder)/\(name)/\(file)", limit: 1 << 20).get()
  }
}
