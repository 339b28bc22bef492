/// Elements in one block of memory that are written when it is made and never again, so that reading one counts no reference and looks for
/// no other owner, as an array's buffer would ask for.
///
/// What must hold: an element is asked for by a number below the count, which debug builds check. The block goes with this value, which cannot be
/// copied; elements are plain bits, so nothing has to be ended with them.
@safe struct SteadyArray<Element: BitwiseCopyable & Sendable>: ~Copyable, @unchecked Sendable {
  private let elements: UnsafeMutablePointer<Element>
  let count: Int

  init(_ array: [Element]) {
    count = array.count
    unsafe elements = .allocate(capacity: max(array.count, 1))
    for (index, element) in array.enumerated() { unsafe (elements + index).initialize(to: element) }
  }

  deinit { unsafe elements.deallocate() }

  @inline(__always)
  subscript(number: Int) -> Element {
    assert(number >= 0 && number < count)
    return unsafe elements[number]
  }
}
