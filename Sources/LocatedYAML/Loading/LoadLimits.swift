/// How large a file may be before loading it stops with a problem that names the limit.
///
/// The limits keep the time and memory a hostile file can cost proportional to its size.
public struct LoadLimits: Sendable {
  /// Bytes in the file.
  public var bytes = 4 << 20
  /// Collections inside one another, counted while parsing and through aliases.
  public var depth = 64
  /// Nodes in the document once every alias is replaced by what it stands for.
  public var nodes = 10_000
  /// Bytes in one value.
  public var scalar = 64 << 10
  /// Bytes in one key.
  public var key = 256

  /// The limits of a policy file: 4 MiB, 64 deep, 10,000 nodes, 64 KiB a value, 256 bytes a key.
  public static let standard = LoadLimits()

  /// The standard limits without those that grow with the number of policies: file size and nodes.
  public static let unlimitedSize = LoadLimits(bytes: Int(UInt32.max), nodes: .max)

  /// Limits of one's own; what is not given is as in ``standard``.
  public init(
    bytes: Int = 4 << 20, depth: Int = 64, nodes: Int = 10_000, scalar: Int = 64 << 10, key: Int = 256
  ) {
    self.bytes = bytes
    self.depth = depth
    self.nodes = nodes
    self.scalar = scalar
    self.key = key
  }
}
