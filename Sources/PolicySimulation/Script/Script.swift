/// Exact calls and what else happens to a policy while they run, in order of time.
package struct Script: Hashable, Sendable {
  /// A name of the policy file, with the place in the script that says it.
  package struct Name: Hashable, Sendable {
    package let text: String
    let line: Int
    let column: Int
  }

  package struct Call: Hashable, Sendable {
    var labels: [String: String] = [:]
    /// The last one repeats; never empty.
    var attempts: [Attempt] = []
  }

  package struct Attempt: Hashable, Sendable {
    enum End: Hashable, Sendable {
      case ok
      /// Without a class it is `other`.
      case fail(errorClass: Name?, retryAfter: UInt64?)
      case hang
    }

    var takes: UInt64 = 0
    let end: End
  }

  package enum Action: Hashable, Sendable {
    case call(Call)
    case cancel(call: Int)
    case reload(file: String)
    case isolate(breaker: Name)
    case close(breaker: Name)
    case reset(breaker: Name)
  }

  package struct Line: Hashable, Sendable {
    /// Nanoseconds from the beginning.
    let at: UInt64
    let action: Action
  }

  /// The file's name as it was asked for.
  package let path: String
  /// By time; those of one instant as they are written.
  package internal(set) var lines: [Line] = []

  package var callCount: Int { lines.count { if case .call = $0.action { true } else { false } } }

  /// The files that it reloads, as they are written.
  package var reloadedFiles: [String] {
    lines.compactMap { if case .reload(let file) = $0.action { file } else { nil } }
  }

  /// The classes of failures that it names.
  var errorClasses: [Name] {
    lines.flatMap { line -> [Name] in
      guard case .call(let call) = line.action else { return [] }
      return call.attempts.compactMap { if case .fail(let name, _) = $0.end { name } else { nil } }
    }
  }

  /// The breakers that it changes by hand.
  var breakers: [Name] {
    lines.compactMap { line in
      switch line.action {
      case .isolate(let name), .close(let name), .reset(let name): name
      case .call, .cancel, .reload: nil
      }
    }
  }
}

/// What is wrong in a script, where, and what would be right.
package struct ScriptProblem: Error, Hashable, Sendable, CustomStringConvertible {
  package let path: String
  package let line: Int
  package let column: Int
  package let message: String
  package let help: String?

  /// `path:line:column: message`.
  package var description: String { "\(path):\(line):\(column): \(message)" }
}
