import Glibc
import Resilience

/// The system's answer to a call that did not work.
struct SystemError: Error, FailureDescribing, CustomStringConvertible {
  let errno: Int32

  /// What `match: [{posix: [ECONNREFUSED]}]` in the policy file looks at.
  var failureFacts: FailureFacts? { FailureFacts(posix: errno) }

  var description: String {
    guard let text = unsafe strerror(errno) else { return "errno \(errno)" }
    return unsafe String(cString: text)
  }

  /// Throws unless a system call's answer says that it worked.
  @discardableResult
  static func check(_ answer: Int32) throws -> Int32 {
    guard answer >= 0 else { throw SystemError(errno: Glibc.errno) }
    return answer
  }
}
