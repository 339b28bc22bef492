internal import LocatedYAML

/// Reads a root file and everything it includes, once each, into one catalogue of names.
struct FileGathering {
  private let loader: PolicyLoader
  private var files = GatheredFiles()
  private var rootDirectory = ""
  /// The files being read, the root first.
  private var open: [String] = []
  private var done: Set<String> = []

  init(_ loader: PolicyLoader, consumption: ConsumptionLog? = nil) {
    self.loader = loader
    files.consumption = consumption
  }

  consuming func gather(_ path: String) -> GatheredFiles {
    rootDirectory = FilePath.directory(of: path)
    switch loader.readFile(path) {
    case .success(let bytes): add(SourceText(path: path, bytes: bytes), path: FilePath.join("", path))
    case .failure(let problem): files.incomplete.append(problem)
    }
    files.finish()
    return files
  }

  private mutating func add(_ source: SourceText, path: String) {
    files.sources.append(source)
    open.append(path)
    done.insert(path)
    defer { open.removeLast() }
    let document = loadYAML(source, limits: loader.limits)
    for problem in document.problems { files.log.add(Diagnostic(problem, in: source)) }
    for span in document.blankedSpans {
      files.catalogue.hidden.append(.init(location: Location(source: source, span: span), text: source.text(span)))
    }
    guard let root = document.root else {
      files.isUnreadable = true
      return
    }
    files.catalogue.nodeCount += root.nodeCountOfTree
    let draft = read(root)
    include(draft.include, from: path)
    files.merge(draft)
  }

  private mutating func read(_ root: Node) -> FileDraft {
    let decoder = PolicyDecoder(files.catalogue, consumption: files.consumption)
    let filled = FileTable.file.read(Layered(root), decoder)
    files.log.add(decoder.log)
    files.mentioned.formUnion(decoder.mentioned)
    return filled?.draft ?? FileDraft()
  }

  private mutating func include(_ nodes: [Node], from includer: String) {
    for node in nodes {
      let path = FilePath.join(FilePath.directory(of: includer), node.text)
      if let complaint = complaint(about: node.text, path) {
        report(complaint, at: node)
      } else if !done.contains(path) {
        readIncluded(path, at: node)
      }
    }
  }

  private func complaint(about text: String, _ path: String) -> String? {
    if text.hasPrefix("/") { return "`\(text)` is absolute; includes are relative to the file they stand in" }
    if !FilePath.isInside(path, rootDirectory) {
      return "`\(text)` lies outside the directory of the file that is loaded"
    }
    if open.contains(path) { return "`\(text)` includes this file, directly or through others" }
    return nil
  }

  private mutating func readIncluded(_ path: String, at node: Node) {
    switch loader.readFile(path) {
    case .success(let bytes): add(SourceText(path: path, bytes: bytes), path: path)
    case .failure(let problem):
      files.isUnreadable = true
      report("`\(node.text)` cannot be read: \(problem.reason)", at: node)
    }
  }

  private mutating func report(_ message: String, at node: Node) {
    files.log.add(Diagnostic(.include, message, at: Location(node), path: "include"))
  }
}
