import ResilienceCore
import Testing

@testable import PolicySimulation

@Suite("The agenda")
struct AgendaTests {
  private struct Key: Comparable {
    let at: UInt64
    let order: UInt64
    static func < (left: Key, right: Key) -> Bool { (left.at, left.order) < (right.at, right.order) }
  }

  @Test("Takes out the earliest of everything that was put in, whatever the order", arguments: 1...50)
  func order(seed: UInt64) {
    let chance = Chance(seed: seed)
    var agenda = Agenda()
    var model: [Key] = []
    var now: UInt64 = 0
    for step in 0..<2_000 {
      if chance.draw(0...2) > 0 {
        let at = now + chance.draw(0...chance.draw(0...50))
        let precedence: Agenda.Precedence = chance.draw(0...1) == 0 ? .ends : .timers
        let appointment = Agenda.Appointment(at: at, precedence, call: step, slot: 0, epoch: 0)
        agenda.add(appointment)
        model.append(Key(at: at, order: appointment.order))
      } else if let earliest = model.min() {
        #expect(agenda.nextAt == earliest.at, "seed \(seed), step \(step)")
        let taken = agenda.take()
        #expect(taken?.at == earliest.at && taken?.order == earliest.order, "seed \(seed), step \(step)")
        model.removeAll { $0 == earliest }
        now = earliest.at
      } else {
        #expect(agenda.take() == nil)
        #expect(agenda.nextAt == .max)
      }
    }
  }

  @Test("Ends of attempts come before timers, each by the call's number")
  func precedence() {
    var agenda = Agenda()
    agenda.add(.init(at: 5, .timers, call: 1, slot: 0, epoch: 0))
    agenda.add(.init(at: 5, .ends, call: 9, slot: 1, epoch: 0))
    agenda.add(.init(at: 5, .timers, call: 3, slot: 2, epoch: 0))
    agenda.add(.init(at: 5, .ends, call: 2, slot: 3, epoch: 0))
    #expect((0..<4).compactMap { _ in agenda.take()?.slot } == [3, 1, 0, 2])
  }
}
