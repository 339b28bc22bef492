import Synchronization
public struct A: ~Copyable { let x = Atomic<Int>(0) }
