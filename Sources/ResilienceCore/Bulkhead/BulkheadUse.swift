/// How full a bulkhead is at one moment.
package struct BulkheadUse: Hashable, Sendable {
  package var inUse: Int
  package var limit: Int
  package var queued: Int
}
