/// The nodes of a tree in file order, nine bytes for most of them, and what they contain.
///
/// A text that is written as it is needs its place and its length. What else there is to know of a collection, an alias or a
/// text that is unescaped or folded stands in a table beside; the children of a collection that holds no other one are the nodes
/// behind it, and are not listed.
struct NodeStore: Sendable {
  /// Where a node begins, and how many bytes it has or where the rest is kept.
  struct Place {
    let start: UInt32
    let rest: UInt32
  }

  /// What few nodes need.
  struct Extra {
    var end: UInt32
    var first: UInt32
    var count: UInt32
  }

  /// What a node is, in one byte.
  struct Form {
    private var bits: UInt8

    init(_ kind: Node.Kind, _ style: Node.Style, _ traits: NodeRecord.Traits) {
      bits = kind.rawValue | style.rawValue << 2 | traits.rawValue << 5
    }

    var kind: Node.Kind { Node.Kind(rawValue: bits & 3) ?? .scalar }
    var style: Node.Style { Node.Style(rawValue: bits >> 2 & 7) ?? .plain }
    var traits: NodeRecord.Traits {
      get { NodeRecord.Traits(rawValue: bits >> 5) }
      set { bits = bits & 31 | newValue.rawValue << 5 }
    }
    var hasExtra: Bool { bits & 3 != Node.Kind.scalar.rawValue || traits.contains(.isCooked) }
  }

  private(set) var places: ContiguousArray<Place> = []
  private(set) var forms: ContiguousArray<Form> = []
  private(set) var extras: ContiguousArray<Extra> = []
  /// The children of collections that hold others, side by side; behind those of each collection the node that follows it.
  private(set) var children: ContiguousArray<UInt32> = []

  /// Room for more nodes than most files of `byteCount` bytes have. Memory that is not used costs nothing.
  init(expecting byteCount: Int) {
    places.reserveCapacity(byteCount / 6)
    forms.reserveCapacity(byteCount / 6)
    extras.reserveCapacity(byteCount / 20)
    children.reserveCapacity(byteCount / 8)
  }

  var count: Int { places.count }
  /// The index of the node that is appended next.
  var next: UInt32 { UInt32(truncatingIfNeeded: places.count) }

  func start(_ index: UInt32) -> UInt32 { places[Int(index)].start }

  subscript(_ index: UInt32) -> NodeRecord {
    Self.record(index, places.span, forms.span, extras.span)
  }

  /// The same of spans, for loops in which arrays would be retained and released.
  @inline(__always)
  static func record(
    _ index: UInt32, _ places: borrowing Span<Place>, _ forms: borrowing Span<Form>, _ extras: borrowing Span<Extra>
  ) -> NodeRecord {
    let place = places[Int(index)]
    let form = forms[Int(index)]
    if form.hasExtra {
      let extra = extras[Int(place.rest)]
      return NodeRecord(
        start: place.start, end: extra.end, first: extra.first, count: extra.count, kind: form.kind, style: form.style,
        traits: form.traits)
    }
    let style = form.style
    let quotes: UInt32 = style == .singleQuoted || style == .doubleQuoted ? 1 : 0
    return NodeRecord(
      start: place.start, end: place.start &+ place.rest, first: place.start &+ quotes,
      count: place.rest &- 2 &* quotes, kind: .scalar, style: style, traits: form.traits)
  }

  mutating func append(_ record: NodeRecord) {
    let form = Form(record.kind, record.style, record.traits)
    var rest = record.end &- record.start
    if form.hasExtra {
      rest = UInt32(truncatingIfNeeded: extras.count)
      extras.append(Extra(end: record.end, first: record.first, count: record.count))
    }
    places.append(Place(start: record.start, rest: rest))
    forms.append(form)
  }

  /// Ends a collection at `end`: everything appended since is below it.
  ///
  /// - Parameter childCount: How many children it has, keys and values alike.
  mutating func close(_ node: UInt32, at end: UInt32, childCount: UInt32) {
    let following = next
    let first = node + 1
    let isFlat = following - first == childCount
    let extra = Int(places[Int(node)].rest)
    extras[extra].end = max(places[Int(node)].start, end)
    extras[extra].first = isFlat ? first : UInt32(truncatingIfNeeded: children.count)
    extras[extra].count = childCount
    guard !isFlat else {
      forms[Int(node)].traits.insert(.isFlat)
      return
    }
    var child = first
    while child < following {
      children.append(child)
      child = self.following(child)
    }
    children.append(following)
  }

  /// A child of a collection; keys and values alternate in a map.
  func child(of collection: NodeRecord, at position: UInt32) -> UInt32 {
    Self.child(of: collection, at: position, children.span)
  }

  /// The same of a span.
  @inline(__always)
  static func child(
    of collection: NodeRecord, at position: UInt32, _ children: borrowing Span<UInt32>
  ) -> UInt32 {
    collection.isFlat ? collection.first + position : children[Int(collection.first + position)]
  }

  /// The first node behind `node` and everything below it.
  func following(_ node: UInt32) -> UInt32 {
    let form = forms[Int(node)]
    guard form.kind == .mapping || form.kind == .sequence else { return node + 1 }
    let extra = extras[Int(places[Int(node)].rest)]
    return form.traits.contains(.isFlat) ? extra.first + extra.count : children[Int(extra.first + extra.count)]
  }
}
