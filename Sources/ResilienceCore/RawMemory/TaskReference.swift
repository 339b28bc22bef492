/// A task to cancel, as one plain word.
///
/// `UnsafeCurrentTask` has a layout that is known at run time only, and an enum with such a payload costs more to move than a
/// timer costs to arm.
///
/// What must hold: nobody cancels the task after its end, for the word does not keep it alive. A reference is made by the task itself, of itself.
/// Whoever arms a timer with one disarms it before the task ends, and disarming waits for a timer that is about to cancel.
@safe package struct TaskReference: @unchecked Sendable {
  private let word: UnsafeRawPointer

  /// The task that runs this code; `nil` outside of every task.
  package static var current: TaskReference? {
    unsafe withUnsafeCurrentTask { task in unsafe task.map { unsafe TaskReference($0) } }
  }

  private init(_ task: UnsafeCurrentTask) { unsafe word = unsafeBitCast(task, to: UnsafeRawPointer.self) }

  /// Cancels the task. Allowed on every thread while the task runs.
  func cancel() { unsafe unsafeBitCast(word, to: UnsafeCurrentTask.self).cancel() }
}
