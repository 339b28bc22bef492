#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension PolicySource {
  /// The variable of the process that names an environment; `nil` when it is unset.
  static var variable: String? {
    unsafe getenv("RESILIENCE_ENVIRONMENT").map { unsafe String(cString: $0) }
  }

  /// Which environment applies: the one that the program asks for, else that of the process, where an empty text names none.
  static func environment(_ asked: String?, orOfProcess variable: String?) -> String? {
    asked ?? variable.flatMap { $0.isEmpty ? nil : $0 }
  }
}
