import ResilienceCore
import Testing

@Suite("The names of elements")
struct ElementNameTests {
  @Test(
    "One that is written in a layer is named after the layer's place",
    arguments: [
      (ElementName("database"), "database"),
      (ElementName(ofLayer: .retry, number: 1, in: "read", isOperation: false), "read/retry"),
      (ElementName(ofLayer: .rateLimit, number: 2, in: "read", isOperation: false), "read/rateLimit-2"),
      (ElementName(ofLayer: .breaker, number: 1, in: "users.get", isOperation: true), "operations/users.get/breaker"),
      (ElementName(ofLayer: .retry, number: 12, in: "a", isOperation: true), "operations/a/retry-12"),
    ])
  func text(name: ElementName, text: String) {
    #expect(name.text == text)
    #expect(ElementName(text) == name)
    #expect(ElementName(text).hashValue == name.hashValue)
  }

  @Test(
    "A text that no layer's element has is a name of its own",
    arguments: [
      "", "/", "a/", "a/b", "a/operation", "a/retry-", "a/retry-1", "a/retry-02", "a/retry-x", "a/retry-2-3",
      "a/b/retry",
      "operations/a/b/retry", "a/retry-+2",
    ])
  func otherTexts(text: String) {
    #expect(ElementName(text).text == text)
    #expect(ElementName(text) == ElementName(own: text))
  }

  @Test(
    "A text that is taken apart says the same, whatever the owner is called",
    arguments: ["/retry", "operations/retry", "operations//retry", "é/retry"])
  func oddOwners(text: String) {
    #expect(ElementName(text).text == text)
    #expect(ElementName(text) != ElementName(own: text))
  }

  @Test("Elements of one owner have different names")
  func differences() {
    let names = [
      ElementName("a"), ElementName(ofLayer: .retry, number: 1, in: "a", isOperation: false),
      ElementName(ofLayer: .retry, number: 2, in: "a", isOperation: false),
      ElementName(ofLayer: .breaker, number: 1, in: "a", isOperation: false),
      ElementName(ofLayer: .retry, number: 1, in: "a", isOperation: true),
      ElementName(ofLayer: .retry, number: 1, in: "b", isOperation: true),
    ]
    #expect(Set(names).count == names.count)
    #expect(Set(names.map(\.text)).count == names.count)
  }

  @Test("It can be kept in the memory of its owner's name")
  func kept() {
    let name = ElementName(ofLayer: .retry, number: 3, in: "users.get", isOperation: true)
    #expect(name.kept(in: "users.get") == name)
    #expect(name.kept(in: "users.put") == name)
    #expect(ElementName("users.get").kept(in: "users.get").text == "users.get")
  }
}
