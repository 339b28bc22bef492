import ResilienceCore
import Synchronization
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Says whether it is alive, as far as its memory still says anything.
private final class Canary: Sendable {
  static let alive: UInt64 = 0xA11E_A11E_A11E_A11E
  private let word = Atomic(Canary.alive)

  var isAlive: Bool { word.load(ordering: .relaxed) == Canary.alive }
  deinit { word.store(0, ordering: .relaxed) }
}

/// Set once, from any thread.
private final class Flag: Sendable {
  private let value = Atomic(false)
  var isSet: Bool { value.load(ordering: .relaxed) }
  func set() { value.store(true, ordering: .relaxed) }
}

/// `make test-swap` asks for a hundred million.
private let reads = unsafe getenv("RESILIENCE_SWAP_READS").flatMap { unsafe Int(String(cString: $0)) } ?? 400_000

@Suite("Swaps under many readers")
struct SwapStormTests {
  @Test("No reader of a storm ever sees something that is gone, and nothing is left in the end")
  func threads() async {
    let domain = ReadDomain()
    let cells = (0..<4).map { _ in SwapCell(Canary(), in: domain) }
    let running = SharedCount()
    running.add(4)
    let dead = SharedCount()
    await withTaskGroup(of: Void.self) { group in
      for worker in 0..<4 {
        group.addTask {
          for number in 0..<(reads / 4) {
            let cell = cells[(number &+ worker) & 3]
            let section = cell.enter()
            if section.counted?.isAlive != true { dead.add() }
            cell.leave(section)
          }
          running.add(-1)
        }
      }
      group.addTask {
        var number = 0
        while running.value > 0 {
          cells[number & 3].put(Canary())
          if number % 3 == 0 { domain.collect() }
          number &+= 1
          await Task.yield()
        }
      }
    }
    domain.collect()
    #expect(dead.value == 0)
    #expect(domain.retiredCount == 0)
  }

  @Test("Readers that suspend and wake on other threads keep what they read")
  func tasks() async {
    let domain = ReadDomain()
    let cell = SwapCell(Canary(), in: domain)
    let end = Flag()
    let dead = SharedCount()
    await withTaskGroup(of: Void.self) { group in
      for reader in 0..<64 {
        group.addTask {
          for _ in 0..<200 {
            let section = cell.enter()
            for _ in 0...(reader % 4) { await Task.yield() }
            if section.counted?.isAlive != true { dead.add() }
            cell.leave(section)
          }
        }
      }
      let writer = Task {
        while !end.isSet {
          cell.put(Canary())
          domain.collect()
          await Task.yield()
        }
      }
      await group.waitForAll()
      end.set()
      await writer.value
    }
    domain.collect()
    #expect(dead.value == 0)
    #expect(domain.retiredCount == 0)
  }

  @Test("More threads than there are seats, coming and going, count right")
  func seats() async {
    let domain = ReadDomain()
    let cell = SwapCell(Canary(), in: domain)
    let ended = SharedCount()
    let dead = SharedCount()
    let count = 150
    for _ in 0..<count {
      let thread = startThread {
        for _ in 0..<200 {
          let section = cell.enter()
          if section.counted?.isAlive != true { dead.add() }
          cell.leave(section)
        }
        ended.add()
      }
      if thread == nil { ended.add() }
    }
    while ended.value < count {
      cell.put(Canary())
      domain.collect()
      await Task.yield()
    }
    domain.collect()
    #expect(dead.value == 0)
    #expect(domain.retiredCount == 0)
  }
}
