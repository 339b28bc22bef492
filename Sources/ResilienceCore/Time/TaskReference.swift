/// A task to cancel, as one plain word.
///
/// `UnsafeCurrentTask` has a layout that is known at run time only, and an enum with such a payload costs more to move than a
/// timer costs to arm. The word does not keep the task alive: whoever makes it sees to it that nobody uses it after the task's end.
@safe package struct TaskReference: @unchecked Sendable {
  private let word: UnsafeRawPointer

  init(_ task: UnsafeCurrentTask) { unsafe word = unsafeBitCast(task, to: UnsafeRawPointer.self) }

  /// Cancels the task. Allowed on every thread while the task runs.
  func cancel() { unsafe unsafeBitCast(word, to: UnsafeCurrentTask.self).cancel() }
}
