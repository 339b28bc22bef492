import ResilienceCore
import Testing

@Suite struct LastGoodStoreTests {
  private func store(_ key: LastGoodSettings.Key = .label("user"), entries: Int = 3) -> LastGoodStore {
    LastGoodStore(LastGoodSettings(maxAge: .seconds(10), key: key, entries: entries))
  }

  private func value(_ store: LastGoodStore, _ key: String?, _ now: Int) -> String? {
    store.value(key: key, at: .milliseconds(now))?.value as? String
  }

  @Test("F2: never serves what is older than its limit, and says the age")
  func age() throws {
    let store = store()
    store.store("ada", key: "1", at: .milliseconds(500))
    let served = try #require(store.value(key: "1", at: .milliseconds(10_500)))
    #expect(served.value as? String == "ada")
    #expect(served.age == milliseconds(10_000))
    #expect(store.value(key: "1", at: Instant(nanoseconds: 10_500_000_001)) == nil)
  }

  @Test("F2: a newer value takes the place and the age of the older")
  func newer() {
    let store = store()
    store.store("old", key: "1", at: .milliseconds(0))
    store.store("new", key: "1", at: .milliseconds(9_000))
    #expect(value(store, "1", 19_000) == "new")
    #expect(store.count == 1)
  }

  @Test("Each key has its own value, and a call without the label stores and gets nothing")
  func keys() {
    let store = store()
    store.store("ada", key: "1", at: .milliseconds(0))
    store.store("alan", key: "2", at: .milliseconds(0))
    store.store("nobody", key: nil, at: .milliseconds(0))
    #expect(value(store, "1", 0) == "ada")
    #expect(value(store, "2", 0) == "alan")
    #expect(value(store, "3", 0) == nil)
    #expect(value(store, nil, 0) == nil)
    #expect(store.count == 2)
  }

  @Test("Without a key every call stores and gets the same value")
  func noKey() {
    let store = store(.none)
    store.store("a", key: "1", at: .milliseconds(0))
    store.store("b", key: nil, at: .milliseconds(1))
    #expect(value(store, "2", 1) == "b")
    #expect(store.count == 1)
  }

  @Test("At most so many values are kept, and the one stored longest ago goes first")
  func bounded() {
    let store = store(entries: 3)
    for key in 1...3 { store.store("\(key)", key: "\(key)", at: .milliseconds(key)) }
    _ = store.value(key: "2", at: .milliseconds(4))
    store.store("1 again", key: "1", at: .milliseconds(5))
    store.store("4", key: "4", at: .milliseconds(6))
    #expect(store.count == 3)
    #expect(value(store, "2", 6) == nil, "looking does not make a value younger")
    #expect(value(store, "1", 6) == "1 again")
    #expect(value(store, "3", 6) == "3")
  }

  @Test("Reload, lastGood: values are kept and judged by the new limits; the oldest go when fewer are kept")
  func update() {
    let store = store(entries: 3)
    for key in 1...3 { store.store("\(key)", key: "\(key)", at: .milliseconds(key * 1_000)) }
    store.update(LastGoodSettings(maxAge: .seconds(60), key: .label("user"), entries: 2))
    #expect(store.count == 2)
    #expect(value(store, "1", 4_000) == nil)
    #expect(value(store, "2", 50_000) == "2")
  }

  @Test("A value that goes may come back into the store")
  func reentrant() {
    let store = store(entries: 1)
    store.store(Guest(store), key: "1", at: .milliseconds(0))
    store.store("b", key: "1", at: .milliseconds(1))
    store.store(Guest(store), key: "1", at: .milliseconds(2))
    store.store("c", key: "2", at: .milliseconds(3))
    #expect(value(store, "2", 3) == "c")
  }

  @Test("Limits that make no sense do not trap", arguments: [Int.min, 0, Int.max])
  func absurd(_ entries: Int) {
    let store = LastGoodStore(LastGoodSettings(maxAge: .seconds(-1), entries: entries))
    store.store("a", key: nil, at: .distantFuture)
    #expect(store.value(key: nil, at: .milliseconds(0)) != nil, "no older than now")
    #expect(store.count == 1)
  }

  private final class Guest: Sendable {
    private let store: LastGoodStore
    init(_ store: LastGoodStore) { self.store = store }
    deinit { _ = store.count }
  }
}
