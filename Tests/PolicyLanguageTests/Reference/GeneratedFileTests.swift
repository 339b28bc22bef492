import Glibc
import LocatedYAML
import PolicyLanguage
import Testing

private let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(separator: "/")

@Test(
  "Generated files are as the field table makes them; `make docs` writes them anew",
  arguments: ["schemas/policies.v1.json", "Docs/reference.md"])
func generatedFile(_ path: String) throws {
  let text = path.hasSuffix(".json") ? PolicySchema.json() : Reference.markdown()
  let whole = "\(root)/\(path)"
  if let wish = unsafe getenv("RESILIENCE_REGENERATE"), unsafe String(cString: wish) == "1" {
    try write(text, to: whole)
  }
  let found = try readFile(whole, limit: 1 << 20).get()
  #expect(String(decoding: found, as: UTF8.self) == text, "\(path) is not current: run `make docs`")
}

private struct NotWritten: Error {
  let path: String
}

private func write(_ text: String, to path: String) throws {
  let file = unsafe fopen(path, "w")
  guard let file = unsafe file else { throw NotWritten(path: path) }
  unsafe fputs(text, file)
  unsafe fclose(file)
}
