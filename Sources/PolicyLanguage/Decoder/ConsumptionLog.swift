internal import LocatedYAML

/// Which values of the files were read: what a test compares with all values there are.
final class ConsumptionLog {
  private(set) var consumed: Set<Location> = []

  func consume(_ node: Node) { consumed.insert(Location(node)) }
}
