import ResilienceCore
import Testing

@Suite("Addresses that probes go to")
struct AddressTests {
  @Test(
    "A host and a port",
    arguments: [
      ("127.0.0.1:5432", "127.0.0.1", 5432), ("db.internal:1", "db.internal", 1), ("[::1]:65535", "::1", 65535),
      ("[fe80::1%eth0]:80", "fe80::1%eth0", 80),
    ] as [(String, String, UInt16)])
  func endpoint(text: String, host: String, port: UInt16) {
    #expect(NetworkEndpoint(text) == NetworkEndpoint(host: host, port: port))
    #expect(NetworkEndpoint(text)?.description == text)
  }

  @Test(
    "What is none",
    arguments: [
      "", ":", "db", "db:", ":80", "db:0", "db:65536", "db:-1", "db:+1", "::1:80", "[::1]", "[db]:80",
      "d b:80", "db/x:80", "user@db:80", "db:８０", "[::1:80", "http://db:80",
    ])
  func noEndpoint(_ text: String) {
    #expect(NetworkEndpoint(text) == nil)
  }

  @Test(
    "A URL of plain HTTP",
    arguments: [
      ("http://db", "db:80", "/", "db"), ("http://db:8080/a?b=c#d", "db:8080", "/a?b=c", "db:8080"),
      ("HTTP://[::1]/x", "[::1]:80", "/x", "[::1]"), ("http://db?q", "db:80", "/?q", "db"),
    ])
  func url(text: String, endpoint: String, path: String, host: String) {
    let address = HTTPAddress(text)
    #expect(address?.endpoint.description == endpoint)
    #expect(address?.path == path)
    #expect(address?.host == host)
  }

  @Test(
    "What is none",
    arguments: ["https://db", "db", "http://", "http:///x", "http://u@db/", "http://db/a b", "http://db:0"])
  func noURL(_ text: String) {
    #expect(HTTPAddress(text) == nil)
  }
}
