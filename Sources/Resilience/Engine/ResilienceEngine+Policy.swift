internal import PolicyCompiler
internal import ResilienceCore
internal import Synchronization

extension ResilienceEngine {
  /// Looks up the policy of an operation whose calls may return anything.
  ///
  /// The handle survives reloads. Fallbacks of the file make values, so operations with such need
  /// ``policy(_:returning:)``.
  ///
  /// - Throws: ``UnknownOperation`` when nothing in the file fits the name; ``PolicyFileError`` when the file asks for more
  ///   than this declares.
  public func policy(_ operation: String) throws -> OperationPolicy {
    OperationPolicy(try entry(of: operation, Declaration.Key(), Declaration()))
  }

  /// Looks up the policy of an operation whose calls return values of one type.
  ///
  /// A `value:` of a fallback is decoded as that type, now and at every reload.
  ///
  /// - Throws: ``UnknownOperation`` when nothing in the file fits the name; ``PolicyFileError`` when the file asks for more
  ///   than this declares, or a value in it is no `Value`.
  public func policy<Value: Sendable>(_ operation: String, returning type: Value.Type) throws -> TypedPolicy<Value> {
    TypedPolicy(try entry(of: operation, Declaration.Key(type: type), Declaration(type: DeclaredType(type))))
  }

  /// Looks up the policy of an operation whose bodies are sendable; with `concurrent` they may outlive their call and run
  /// several times at once, as timeouts in mode `abandon` and hedges demand.
  ///
  /// - Throws: ``UnknownOperation`` when nothing in the file fits the name; ``PolicyFileError`` when the file asks for more
  ///   than this declares, or a value in it is no `Value`.
  public func policy<Value: Sendable>(
    _ operation: String, returning type: Value.Type, concurrent: Bool
  ) throws -> ConcurrentPolicy<Value> {
    ConcurrentPolicy(
      try entry(
        of: operation, Declaration.Key(type: type, isConcurrent: concurrent),
        Declaration(type: DeclaredType(type), isConcurrent: concurrent)))
  }

  /// The entry that was declared in this way before, or a new one.
  private func entry(
    of operation: String, _ key: Declaration.Key, _ declaration: @autoclosure () -> Declaration
  ) throws -> OperationEntry {
    if let known = known.entry(of: operation, declared: key) { return known.counted }
    return try entryUnderLock(of: operation, key, declaration())
  }

  /// For what is not in the table: what was not looked up yet, and names that only fit a pattern, which live as long as their handles.
  @inline(never)
  private func entryUnderLock(
    of operation: String, _ key: Declaration.Key, _ declaration: Declaration
  ) throws -> OperationEntry {
    if let known = state.withLock({ $0.entry(of: operation, declared: key) }) { return known }
    let entry = try newEntry(of: operation, declaration)
    if state.withLock({ $0.keeps(entry) }) { known.insert(entry, declared: key) }
    return entry
  }

  /// Values are decoded without the lock, so the graph may change meanwhile; then they are decoded again.
  private func newEntry(of operation: String, _ declaration: Declaration) throws -> OperationEntry {
    while true {
      let graph = state.withLock { $0.graph }
      guard graph.definition(for: operation) != nil else {
        throw UnknownOperation(operation, among: graph.operationNames)
      }
      let problems = DeclarationCheck(graph: graph).problems(of: operation, declaration)
      guard problems.isEmpty else {
        throw PolicyFileError(path: source.path, problems: problems.map(PolicyProblem.init))
      }
      let entry = state.withLock { $0.graph === graph ? $0.declare(operation, declaration) : nil }
      if let entry { return entry }
    }
  }
}
