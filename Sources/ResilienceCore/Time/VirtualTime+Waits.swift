extension VirtualTime {
  /// The innermost name of this code.
  package static var currentName: String? { NamedScope.current?.name }

  /// Runs `body` under a name, by which reports of a deadlock, or of what was left behind, call what waits in it.
  ///
  /// ```swift
  /// await time.named("worker 3") { await queue.next() }
  /// ```
  /// Child tasks take the name with them; the innermost name counts.
  public func named<Value>(
    _ name: String, isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
  ) async rethrows -> Value {
    let scope = NamedScope(number: beginName(name), name: name)
    defer { endName(scope.number) }
    return try await NamedScope.$current.withValue(scope) {
      _ = isolation
      return try await body()
    }
  }
}
