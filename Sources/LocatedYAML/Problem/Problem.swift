/// Something wrong with a file as text or as YAML; it knows nothing of what the file is for.
public struct Problem: Sendable {
  /// What sort of problem it is.
  public enum Kind: String, Sendable, CaseIterable {
    /// Bytes that are not UTF-8.
    case notUTF8
    /// A control, invisible or direction-changing character.
    case forbiddenCharacter
    /// A whole file in UTF-16 or UTF-32.
    case otherEncoding
    /// Text that is not YAML.
    case syntax
    /// A file, a value or a nesting larger than allowed.
    case limit
    /// No document, or more than one.
    case documentCount
    /// A document that is no map.
    case rootNotMapping
    /// A key that its map already has.
    case duplicateKey
    /// A key or list entry without a value, or with a null.
    case emptyValue
    /// A tag (`!name`).
    case tag
    /// An alias whose anchor does not exist.
    case undefinedAlias
    /// An alias inside the very value it stands for.
    case aliasCycle
    /// An anchor that its document already has.
    case anchorRedefined
    /// An anchor that no alias names.
    case anchorUnused
    /// A merge key (`<<`).
    case mergeKey
    /// A key such as `on` or `no`, which other tools read as true or false.
    case booleanLookingKey
    /// A `#` that nothing separates from the text before it.
    case commentWithoutSpace
    /// More than one kind of line end in one file.
    case mixedLineEnds
  }

  /// What sort of problem it is.
  public var kind: Kind
  /// One sentence for a reader, without a place.
  public var message: String
  /// The bytes the problem is about; always inside the file.
  public var span: ByteSpan
  /// Other places that matter.
  public var related: [Related]
  /// Further facts, a sentence each.
  public var notes: [String]
  /// What to do about it.
  public var help: String?
  /// Edits which together remove the problem; `nil` when only the author can know.
  public var fix: [Edit]?

  /// A problem at `span`.
  public init(
    _ kind: Kind, _ message: String, at span: ByteSpan, related: [Related] = [], notes: [String] = [],
    help: String? = nil, fix: [Edit]? = nil
  ) {
    self.kind = kind
    self.message = message
    self.span = span
    self.related = related
    self.notes = notes
    self.help = help
    self.fix = fix
  }
}
