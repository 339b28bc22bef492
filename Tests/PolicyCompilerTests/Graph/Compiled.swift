import LocatedYAML
import PolicyCompiler
import PolicyLanguage
import ResilienceCore
import Testing

/// The document of a file without errors.
func document(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> PolicyDocument {
  let loaded = PolicyLoader(readFile: { _ in .success(Array(text.utf8)) }).load("policies.yaml")
  let errors = loaded.diagnostics.filter(\.rule.stopsLoading).map { "\($0.location): \($0.message)" }
  #expect(errors == [], sourceLocation: sourceLocation)
  return try #require(loaded.document, sourceLocation: sourceLocation)
}

func compile(
  _ text: String, on time: VirtualTime = VirtualTime(), following old: PolicyGraph? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) throws -> PolicyGraph {
  let context = CompilerContext(time: .virtual(time), chance: Chance(seed: 0))
  return PolicyGraph(try document(text, sourceLocation: sourceLocation), context, following: old)
}
