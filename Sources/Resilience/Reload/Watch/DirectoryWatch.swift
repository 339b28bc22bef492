#if os(Linux)
  internal import Glibc

  /// Tells when something happens to the places that it watches, by inotify(7).
  ///
  /// Belongs to one thread, which others wake by its pipe.
  struct DirectoryWatch: ~Copyable {
    private static let interesting = UInt32(
      IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF
        | IN_ATTRIB)

    private let events: Int32
    let pipe: WakePipe
    private var names: [Int32: Set<String>] = [:]

    /// `nil` when the system has no descriptor left.
    init?() {
      guard let pipe = WakePipe() else { return nil }
      let events = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
      guard events >= 0 else { return nil }
      self.events = events
      self.pipe = pipe
    }

    deinit { close(events) }

    /// Watches these places from now on, and no others.
    mutating func follow(_ places: WatchedPlaces) {
      var next: [Int32: Set<String>] = [:]
      for (directory, wanted) in places.namesByDirectory {
        let watch = unsafe inotify_add_watch(events, directory, Self.interesting)
        if watch >= 0 { next[watch, default: []].formUnion(wanted) }
      }
      for old in names.keys where next[old] == nil { inotify_rm_watch(events, old) }
      names = next
    }

    /// Sleeps until something happens to a watched place, for at most so many milliseconds; negative: for ever.
    ///
    /// - Returns: whether a watched place changed; other files of the same directories wake it for nothing.
    func wait(milliseconds: Int32) -> Bool {
      var descriptors = [
        pollfd(fd: events, events: Int16(POLLIN), revents: 0),
        pollfd(fd: pipe.reader, events: Int16(POLLIN), revents: 0),
      ]
      guard unsafe poll(&descriptors, nfds_t(descriptors.count), milliseconds) > 0 else { return false }
      return readEvents()
    }

    private func readEvents() -> Bool {
      var isChanged = false
      var buffer = [UInt8](repeating: 0, count: 16 << 10)
      while true {
        let count = unsafe read(events, &buffer, buffer.count)
        guard count > 0 else { return isChanged }
        if containsChange(buffer[..<count]) { isChanged = true }
      }
    }

    /// Walks the records: a fixed part of four words, then the name, padded with zeros.
    private func containsChange(_ bytes: ArraySlice<UInt8>) -> Bool {
      var rest = bytes
      while rest.count >= InotifyRecord.headerSize {
        let record = InotifyRecord(rest)
        rest = rest.dropFirst(InotifyRecord.headerSize + record.name.count)
        if record.isOverflow || record.isAboutDirectory { return true }
        if names[record.watch]?.contains(record.text) == true { return true }
      }
      return false
    }
  }

  /// One record of inotify(7).
  private struct InotifyRecord {
    static let headerSize = 16

    let watch: Int32
    let mask: UInt32
    let name: ArraySlice<UInt8>

    /// `bytes` begin with a whole header.
    init(_ bytes: ArraySlice<UInt8>) {
      func word(_ index: Int) -> UInt32 {
        bytes.dropFirst(index * 4).prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
      }
      watch = Int32(bitPattern: word(0))
      mask = word(1)
      name = bytes.dropFirst(Self.headerSize).prefix(Int(word(3)))
    }

    /// Events were lost: anything may have changed.
    var isOverflow: Bool { mask & UInt32(IN_Q_OVERFLOW) != 0 }
    /// The watched directory itself went or came.
    var isAboutDirectory: Bool { mask & UInt32(IN_DELETE_SELF | IN_MOVE_SELF) != 0 }
    var text: String { String(decoding: name.prefix { $0 != 0 }, as: UTF8.self) }
  }
#endif
