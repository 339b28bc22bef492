/// How much would be lost with a mechanism that is one of many.
package enum Retention: Hashable, Sendable {
  /// A new one would be the same.
  case dispensable
  /// It remembers something that a new one would have to learn again: it goes when there is nothing else to spare.
  case valued
  /// It never goes.
  case indispensable
}
