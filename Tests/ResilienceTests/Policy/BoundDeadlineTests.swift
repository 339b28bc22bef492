import ResilienceTesting
import Testing

@testable import ResilienceCore

/// What a body is told, on the machine's clock and on others, one within the other.
@Suite("Limits that are told")
struct BoundDeadlineTests {
  @Test("A limit on the machine's clock is told as it is, its end of time included", arguments: [true, false])
  func word(cancels: Bool) async {
    for instant in [Instant(nanoseconds: 0), Instant(nanoseconds: 1 << 61), .distantFuture] {
      let deadline = CallDeadline(instant, on: .system, cancels: cancels)
      await deadline.bind {
        #expect(CallDeadline.current?.instant == instant)
        #expect(CallDeadline.current?.cancels == cancels)
      }
      #expect(CallDeadline.current == nil)
    }
  }

  @Test("The innermost limit is the one that is told, whatever clocks it and those around it are on")
  func nested() {
    let time = VirtualTime()
    let limits: [CallDeadline] = [
      CallDeadline(Instant(nanoseconds: 1), on: .system, cancels: true),
      CallDeadline(Instant(nanoseconds: 2), on: .virtual(time), cancels: false),
      CallDeadline(Instant(nanoseconds: 3), on: .system, cancels: false),
      CallDeadline(Instant(nanoseconds: 4), on: .virtual(time), cancels: true),
    ]
    func bind(_ rest: ArraySlice<CallDeadline>) {
      guard let first = rest.first else { return }
      first.bindBlocking {
        #expect(CallDeadline.current?.instant == first.instant)
        #expect(CallDeadline.current?.cancels == first.cancels)
        #expect((CallDeadline.current?.time.virtual == nil) == (first.time.virtual == nil))
        bind(rest.dropFirst())
        #expect(CallDeadline.current?.instant == first.instant)
      }
    }
    for start in limits.indices { bind(limits[start...]) }
    #expect(CallDeadline.current == nil)
  }

  @Test("A task that is started within a limit is within it too")
  func inherited() async {
    let deadline = CallDeadline(Instant(nanoseconds: 7), on: .system, cancels: false)
    let told = await deadline.bind { await Task { CallDeadline.current?.instant }.value }
    #expect(told == Instant(nanoseconds: 7))
  }

  @Test("Values of all sizes come out of limits within limits, and errors do")
  func values() async throws {
    try await comesThrough(1)
    try await comesThrough([String](repeating: "a text that is not short at all", count: 3))
    try await comesThrough((1.5, "a", [1, 2, 3], UInt8(7), Optional("b"), (1, 2, 3, 4, 5, 6, 7, 8)))
    #expect(CallDeadline.current == nil)
  }

  /// Generic, so that where its variables lie is decided when it runs: on the task's stack of memory, between the limits.
  private func comesThrough<Value>(_ value: Value, depth: Int = 5) async throws {
    let deadline = CallDeadline(Instant(nanoseconds: UInt64(depth)), on: .system, cancels: false)
    let copy = await deadline.bind { [value] in
      let copies = [value, value]
      await Task.yield()
      return copies[1]
    }
    #expect(String(describing: copy) == String(describing: value))
    await #expect(throws: Oops.self) {
      let _: Value = try await deadline.bind {
        await Task.yield()
        throw Oops()
      }
    }
    guard depth > 0 else { return }
    try await deadline.bind { try await comesThrough(value, depth: depth - 1) }
    #expect(String(describing: deadline.bindBlocking { value }) == String(describing: value))
  }
}

private struct Oops: Error {}
