/// Exit statuses that are not a command's, as in `sysexits.h`.
enum ExitStatus {
  static let usage: Int32 = 64
  static let noInput: Int32 = 66
  static let inputOutput: Int32 = 74
  /// The policy turned the call away, or time ran out: another try may work.
  static let temporaryFailure: Int32 = 75
  static let configuration: Int32 = 78
}
