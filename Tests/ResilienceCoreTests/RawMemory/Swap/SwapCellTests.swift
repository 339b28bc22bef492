import ResilienceCore
import Synchronization
import Testing

/// Something that is swapped, and tells when it goes.
private final class Marked: Sendable {
  let number: Int
  private let log: GoneLog

  init(_ number: Int, _ log: GoneLog) {
    self.number = number
    self.log = log
  }

  deinit { log.note(number) }
}

/// Which objects are gone.
private final class GoneLog: Sendable {
  private let numbers = Mutex<Set<Int>>([])
  var all: Set<Int> { numbers.withLock { $0 } }
  func note(_ number: Int) { numbers.withLock { _ = $0.insert(number) } }
}

@Suite("A cell that is read while it is swapped")
struct SwapCellTests {
  private let domain = ReadDomain()
  private let log = GoneLog()

  private func cell(_ number: Int?) -> SwapCell<Marked> { SwapCell(number.map { Marked($0, log) }, in: domain) }

  @Test("It shows what was put last, or nothing")
  func shows() {
    let cell = cell(1)
    #expect(cell.value?.number == 1)
    cell.put(Marked(2, log))
    #expect(cell.value?.number == 2)
    cell.put(nil)
    #expect(cell.value == nil)
    domain.collect()
    #expect(log.all == [1, 2])
  }

  @Test("What nobody reads goes when it is collected")
  func unread() {
    let cell = cell(1)
    cell.put(Marked(2, log))
    domain.collect()
    #expect(log.all == [1])
    #expect(domain.retiredCount == 0)
  }

  @Test("What is read stays, and goes with its last reader, without anybody collecting")
  func lastReader() {
    let cell = cell(1)
    let first = cell.enter()
    let second = cell.enter()
    cell.put(Marked(2, log))
    domain.collect()
    let third = cell.enter()
    #expect(third.counted?.number == 2)
    cell.leave(first)
    #expect(log.all == [])
    #expect(second.counted?.number == 1)
    cell.leave(second)
    #expect(log.all == [1])
    cell.leave(third)
    #expect(log.all == [1])
  }

  @Test("A reader that comes after the swap is not waited for, however long it stays")
  func laterReader() {
    let cell = cell(1)
    let early = cell.enter()
    cell.put(Marked(2, log))
    domain.collect()
    let late = cell.enter()
    cell.leave(early)
    #expect(log.all == [1])
    cell.leave(late)
  }

  @Test("What is swapped out during a wait goes with the readers of its own time")
  func chain() {
    let cell = cell(1)
    let one = cell.enter()
    cell.put(Marked(2, log))
    domain.collect()
    let two = cell.enter()
    cell.put(Marked(3, log))
    domain.collect()
    cell.leave(two)
    #expect(log.all == [])
    cell.leave(one)
    #expect(log.all == [1, 2])
  }

  @Test("Cells of one domain wait for each other's readers, and for no others")
  func domains() {
    let (one, two) = (cell(1), cell(2))
    let other = SwapCell(Marked(3, log), in: ReadDomain())
    let reader = one.enter()
    let stranger = other.enter()
    two.put(nil)
    domain.collect()
    #expect(log.all == [])
    one.leave(reader)
    #expect(log.all == [2])
    other.leave(stranger)
  }

  @Test("A reader may leave on another thread")
  func otherThread() async {
    let cell = cell(1)
    let section = cell.enter()
    cell.put(Marked(2, log))
    domain.collect()
    await withCheckedContinuation { continuation in
      let thread = startThread {
        cell.leave(section)
        continuation.resume()
      }
      if thread == nil { continuation.resume() }
    }
    #expect(log.all == [1])
  }

  @Test("A cell that goes takes its value along")
  func end() {
    do { _ = cell(1).value }
    #expect(log.all == [1])
  }

  @Test("In any schedule nothing goes that is read, and everything goes in the end", arguments: 1...60)
  func schedule(seed: UInt64) {
    let chance = Chance(seed: seed)
    let domain = ReadDomain()
    let log = GoneLog()
    let cells = (0..<3).map { SwapCell(Marked($0, log), in: domain) }
    var made = cells.count
    var open: [(cell: Int, section: SwapCell<Marked>.Section, number: Int)] = []
    for step in 0..<400 {
      let cell = Int(chance.draw(0...2))
      switch chance.draw(0...9) {
      case 0...3:
        let section = cells[cell].enter()
        if let number = section.counted?.number {
          open.append((cell, section, number))
        } else {
          cells[cell].leave(section)
        }
      case 4...6:
        guard !open.isEmpty else { continue }
        let reader = open.remove(at: Int(chance.draw(0...UInt64(open.count - 1))))
        cells[reader.cell].leave(reader.section)
      case 7: domain.collect()
      default:
        cells[cell].put(chance.happens(.percent(20)) ? nil : Marked(made, log))
        made += 1
      }
      #expect(open.allSatisfy { !log.all.contains($0.number) }, "seed \(seed), step \(step)")
    }
    for reader in open { cells[reader.cell].leave(reader.section) }
    for cell in cells { cell.put(nil) }
    domain.collect()
    #expect(domain.retiredCount == 0, "seed \(seed)")
    #expect(cells.allSatisfy { $0.value == nil })
  }
}
