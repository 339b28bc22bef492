internal import LocatedYAML

/// Which values of the files were read and which were reported: what a test compares with all values there are.
final class ConsumptionLog {
  private(set) var consumed: Set<Location> = []
  private(set) var rejected: Set<Location> = []

  func consume(_ node: Node) { consumed.insert(Location(node)) }
  func reject(_ node: Node) { rejected.insert(Location(node)) }
}
