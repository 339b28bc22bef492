import CLibYAML

/// The least anybody can do with libyaml: ask for every event and throw it away. Returns how many there were.
func countEventsBare(_ bytes: [UInt8]) -> Int {
  unsafe bytes.withUnsafeBufferPointer { buffer in
    var parser = unsafe yaml_parser_t()
    guard unsafe yaml_parser_initialize(&parser) == 1 else { return 0 }
    defer { unsafe yaml_parser_delete(&parser) }
    unsafe yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
    var count = 0
    var event = unsafe yaml_event_t()
    while unsafe yaml_parser_parse(&parser, &event) == 1 {
      count += 1
      let ended = unsafe event.type == YAML_STREAM_END_EVENT
      unsafe yaml_event_delete(&event)
      if ended { break }
    }
    return count
  }
}
