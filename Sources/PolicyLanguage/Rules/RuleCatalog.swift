/// Every rule of the language: text, YAML, shape and names.
public enum RuleCatalog {
  /// RP0xx to RP3xx, by code.
  public static let languageRules: [Rule] = [
    .notUTF8, .forbiddenCharacter, .otherEncoding, .syntax, .limit, .documentCount, .rootNotMapping,
    .duplicateKey, .emptyValue, .tag, .undefinedAlias, .aliasCycle, .anchorUse, .mergeKey, .booleanLookingKey,
    .commentWithoutSpace, .mixedLineEnds,
    .unknownKey, .wrongType, .missingField, .durationNotation, .shareNotation, .outOfRange, .magicValue, .deadField,
    .capNeverReached, .equalsDefault, .deprecatedField, .numberNotation,
    .undefinedReference, .unusedDefinition, .duplicateDefinition, .extendsChain, .malformedPattern,
    .unreachablePattern, .overrideOfNothing, .nearNames, .layerWithoutEffect, .timeLayerOrder, .fallbackNotOutermost,
    .breakerOutsideRetry, .pipelineCycle, .include,
  ]
}
