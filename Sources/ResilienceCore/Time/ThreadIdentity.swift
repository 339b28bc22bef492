#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Which thread runs this code: equal as long as the thread lives.
package struct ThreadIdentity: Hashable, Sendable {
  let bits: UInt

  package static var current: ThreadIdentity {
    #if canImport(Glibc)
      ThreadIdentity(bits: UInt(pthread_self()))
    #else
      unsafe ThreadIdentity(bits: UInt(bitPattern: pthread_self()))
    #endif
  }

  /// A number below `count`, a power of two, that differs between threads as well as addresses allow.
  func stripe(of count: Int) -> Int {
    // Multiplicative hashing (Knuth, The Art of Computer Programming 3, 6.4): the low bits of a thread's address never differ.
    let mixed = UInt64(bits) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed >> 48) & (count - 1)
  }
}
