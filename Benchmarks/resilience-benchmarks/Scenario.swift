/// One line of the table: what is measured, and what it must not exceed.
struct Scenario: Sendable {
  /// What a line's figures are compared with.
  enum Target: Sendable {
    /// Nanoseconds a call takes more than a bare one, and blocks of memory it asks for.
    case call(nanoseconds: Double, allocations: Double = 0)
    case bytes(Double)
    /// A multiple of something that is measured beside it.
    case ratio(Double, of: String)
    case limit(Double, unit: String)
    case none
  }

  let group: Group
  let name: String
  let target: Target
  /// Makes what the work needs, and the work.
  let prepare: @Sendable () throws -> Work

  enum Group: String, CaseIterable, Sendable {
    case blocking = "blocking calls"
    case contended = "blocking calls, 2 threads at once"
    case asynchronous = "asynchronous calls"
    case timers = "timers"
    case memory = "memory"
    case lookUp = "look-up by name"
    case loading = "loading"
    case programs = "programs"
  }

  /// What is done to get the figures.
  enum Work {
    /// Does so many calls on this thread.
    case blocking(@Sendable (Int) throws -> Void)
    /// Does so many calls on this thread, or as many of what they are compared with in place of the bare call. Indirect: who awaits other work has
    /// this in its frame, and where that ends decides what the frames of calls cost.
    indirect case compared(@Sendable (Int) throws -> Void, over: @Sendable (Int) throws -> Void)
    /// Does so many calls on each of two threads.
    case contended(@Sendable (Int) throws -> Void)
    /// Does so many calls in this task.
    case asynchronous(@Sendable (Int) async throws -> Void)
    /// Measures by itself.
    case figure(@Sendable () async throws -> Figure)
  }

  init(_ group: Group, _ name: String, _ target: Target = .none, prepare: @escaping @Sendable () throws -> Work) {
    self.group = group
    self.name = name
    self.target = target
    self.prepare = prepare
  }
}

/// One number that is not the time of a call.
struct Figure: Sendable {
  var value: Double
  var unit: String
  /// What else there is to say of it.
  var note = ""
}
