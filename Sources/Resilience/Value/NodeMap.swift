internal import LocatedYAML

/// A map of a policy file, for a type with fields.
struct NodeMap<Key: CodingKey>: KeyedDecodingContainerProtocol {
  private let decoder: NodeDecoder
  private let values: [String: Node]

  init(_ decoder: NodeDecoder) {
    self.decoder = decoder
    values = Dictionary(
      decoder.node.entries.map { ($0.key.resolved.text, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  var codingPath: [any CodingKey] { decoder.codingPath }
  var allKeys: [Key] { decoder.node.entries.compactMap { Key(stringValue: $0.key.resolved.text) } }

  func contains(_ key: Key) -> Bool { values[key.stringValue] != nil }
  /// Nothing in a policy file is null: what is not wanted is left out.
  func decodeNil(forKey key: Key) throws -> Bool {
    _ = try part(key)
    return false
  }

  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try part(key).flag() }
  func decode(_ type: String.Type, forKey key: Key) throws -> String { try part(key).text() }
  func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try part(key).number() }
  func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try part(key).number() }
  func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try part(key).integer() }
  func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try part(key).integer() }
  func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try part(key).integer() }
  func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try part(key).integer() }
  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try part(key).integer() }
  func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try part(key).integer() }
  func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try part(key).integer() }
  func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try part(key).integer() }
  func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try part(key).integer() }
  func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try part(key).integer() }
  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value { try Value(from: part(key)) }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> { try part(key).container(keyedBy: type) }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try part(key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { try part(named: PathStep("super")) }
  func superDecoder(forKey key: Key) throws -> any Decoder { try part(key) }

  private func part(_ key: Key) throws -> NodeDecoder { try part(named: key) }

  private func part(named key: any CodingKey) throws -> NodeDecoder {
    guard let value = values[key.stringValue] else {
      throw DecodingError.keyNotFound(
        key, .init(codingPath: codingPath, debugDescription: "`\(key.stringValue)` is missing"))
    }
    return decoder.child(value, key)
  }
}
