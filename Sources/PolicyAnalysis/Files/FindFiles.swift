/// The files that arguments stand for.
public struct FoundFiles: Sendable, Hashable {
  /// Paths in the order of the arguments, those of one pattern sorted; `-` is the standard input. None twice.
  public internal(set) var paths: [String] = []
  /// What could not be found or listed, in words.
  public internal(set) var problems: [String] = []

  init() {}

  /// One file, as it is named.
  public init(_ path: String) { paths = [path] }
}

/// Where policies stand when nobody says where.
public let defaultPolicyPatterns = ["policies/**/*.yaml", "policies.yaml"]

/// The files of this machine that `arguments` name; see ``findFiles(_:in:)``.
public func findPolicyFiles(_ arguments: [String]) -> FoundFiles { findFiles(arguments) }

/// The files that `arguments` name: paths, patterns and `-`.
///
/// A path that exists is itself, whatever its characters; a folder is every `.yaml` and `.yml` file in it, however deep.
/// A pattern that matches nothing, and a folder without such files, is a problem. Without arguments the
/// ``defaultPolicyPatterns`` are looked for, and it is a problem when none of them matches.
package func findFiles(_ arguments: [String], in tree: FileTree = .system) -> FoundFiles {
  var search = FileSearch(tree: tree)
  guard arguments.isEmpty else {
    for argument in arguments { search.add(argument) }
    return search.found
  }
  for pattern in defaultPolicyPatterns { search.add(matchesOf: pattern) }
  if search.found.paths.isEmpty, search.found.problems.isEmpty {
    search.found.problems.append(
      "no policy files here: there is neither `policies.yaml` nor `policies/**/*.yaml`; name files or patterns to check"
    )
  }
  return search.found
}

private struct FileSearch {
  let tree: FileTree
  var found = FoundFiles()
  private var known: Set<String> = []

  init(tree: FileTree) { self.tree = tree }

  mutating func add(_ argument: String) {
    if argument != "-", tree.isDirectory(argument) { return add(filesIn: argument) }
    guard argument != "-", FilePattern.isPattern(argument), !tree.exists(argument) else {
      add(path: argument)
      return
    }
    if add(matchesOf: argument) == 0 { found.problems.append("`\(argument)` matches no file") }
  }

  private mutating func add(filesIn folder: String) {
    var matches: [String] = []
    let base = folder.hasSuffix("/") ? folder : folder + "/"
    for ending in ["yaml", "yml"] { walk(base, FilePattern("**/*.\(ending)").parts[...], into: &matches) }
    for path in matches.sorted() { add(path: path) }
    if matches.isEmpty { found.problems.append("no `.yaml` or `.yml` file is in the folder `\(folder)`") }
  }

  /// Adds what a pattern matches, and says how many files that are.
  @discardableResult
  mutating func add(matchesOf text: String) -> Int {
    let pattern = FilePattern(text)
    var matches: [String] = []
    walk(pattern.isAbsolute ? "/" : "", pattern.parts[...], into: &matches)
    for path in matches.sorted() { add(path: path) }
    return matches.count
  }

  private mutating func add(path: String) {
    var plain = path[...]
    while plain.hasPrefix("./"), plain.count > 2 { plain = plain.dropFirst(2) }
    if known.insert(String(plain)).inserted { found.paths.append(String(plain)) }
  }

  /// Adds the files below `base`, which is empty or ends with `/`, that fit the parts.
  private mutating func walk(_ base: String, _ parts: ArraySlice<FilePattern.Part>, into matches: inout [String]) {
    guard let part = parts.first else { return }
    let rest = parts.dropFirst()
    if case .literal(let name) = part {
      if !rest.isEmpty {
        walk(base + name + "/", rest, into: &matches)
      } else if tree.exists(base + name) {
        matches.append(base + name)
      }
      return
    }
    if part == .anyDepth { walk(base, rest.isEmpty ? [.everything] : rest, into: &matches) }
    for (name, kind) in list(base) {
      if part == .anyDepth {
        if kind == .directory, !name.hasPrefix(".") { walk(base + name + "/", parts, into: &matches) }
      } else if part.matches(name) {
        if !rest.isEmpty {
          if kind != .file { walk(base + name + "/", rest, into: &matches) }
        } else if kind != .directory {
          matches.append(base + name)
        }
      }
    }
  }

  private mutating func list(_ base: String) -> [(name: String, kind: FileTree.Kind)] {
    switch tree.list(base.isEmpty ? "." : base) {
    case .success(let entries): return entries
    case .failure(let problem):
      if !problem.isAbsent { found.problems.append("cannot look into `\(base)`: \(problem.reason)") }
      return []
    }
  }
}

extension FilePattern.Part {
  /// `*`
  fileprivate static let everything = FilePattern.Part.wildcards([.anyMany], startsWithPoint: false)
}
