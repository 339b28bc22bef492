@_exported public import ResilienceCore
