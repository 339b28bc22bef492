#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension PolicySource {
  /// What the variable `RESILIENCE_ENVIRONMENT` says; `nil` when it is unset or empty.
  static var environmentOfProcess: String? {
    guard let value = unsafe getenv("RESILIENCE_ENVIRONMENT") else { return nil }
    let name = unsafe String(cString: value)
    return name.isEmpty ? nil : name
  }
}
