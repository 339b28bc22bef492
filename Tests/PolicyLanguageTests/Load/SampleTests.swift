import Glibc
import LocatedYAML
import PolicyLanguage
import Testing

private let samples =
  #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
  .joined(separator: "/") + "/PolicySamples"

/// The names of the files of a directory.
private func files(in directory: String) -> [String] {
  guard let listing = unsafe opendir("\(samples)/\(directory)") else { return [] }
  defer { unsafe closedir(listing) }
  var names: [String] = []
  while let entry = unsafe readdir(listing) {
    let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
      unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
    }
    if name.hasSuffix(".yaml") { names.append(name) }
  }
  return names.sorted()
}

@Test("Good samples load in every environment without a finding", arguments: files(in: "good"))
func goodSample(_ name: String) {
  let loaded = PolicyLoader().loadAllEnvironments("\(samples)/good/\(name)")
  #expect(loaded.diagnostics.isEmpty, "\(loaded.diagnostics)")
  #expect(loaded.documents.allSatisfy { $0.document != nil })
}

@Test(
  "A bad sample fires the rule that its name begins with, and nothing else of that weight",
  arguments: ["bad", "beyond-schema"].flatMap { folder in files(in: folder).map { (folder, $0) } })
func badSample(_ folder: String, _ name: String) {
  let loaded = PolicyLoader().loadAllEnvironments("\(samples)/\(folder)/\(name)")
  let errors = loaded.diagnostics.filter { $0.severity == .error }.map(\.rule.code)
  #expect(errors == [String(name.prefix(5))], "\(loaded.diagnostics)")
  #expect(loaded.documents.allSatisfy { $0.document == nil })
}

@Test("There are samples")
func samplesExist() {
  #expect(files(in: "good").count >= 2)
  #expect(files(in: "bad").count >= 20)
  #expect(files(in: "beyond-schema").count >= 15)
}
