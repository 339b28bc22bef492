import LocatedYAML

/// One case of the YAML test suite, as its release data lays it out.
struct SuiteCase {
  /// The folder, such as `229Q` or `4MUZ/01`.
  let name: String
  let input: [UInt8]
  /// The lines of `test.event`.
  let events: [String]
  let mustBeRejected: Bool

  /// All cases in `folder`, ordered by name; `nil` when there is no such folder.
  static func all(in folder: String) -> [SuiteCase]? {
    guard let folders = namesInFolder(folder) else { return nil }
    return folders.sorted().flatMap { name in
      let nested = (namesInFolder("\(folder)/\(name)") ?? []).filter { $0.allSatisfy(\.isNumber) }.sorted()
      let names = nested.isEmpty ? [name] : nested.map { "\(name)/\($0)" }
      return names.compactMap { SuiteCase(name: $0, folder: "\(folder)/\($0)") }
    }
  }

  private init?(name: String, folder: String) {
    guard let input = Self.bytes("\(folder)/in.yaml") else { return nil }
    self.name = name
    self.input = input
    let text = String(decoding: Self.bytes("\(folder)/test.event") ?? [], as: UTF8.self)
    events = text.split(separator: "\n").map(String.init)
    mustBeRejected = Self.bytes("\(folder)/error") != nil
  }

  private static func bytes(_ path: String) -> [UInt8]? {
    guard case .success(let bytes) = readFile(path, limit: 1 << 20) else { return nil }
    return bytes
  }
}
