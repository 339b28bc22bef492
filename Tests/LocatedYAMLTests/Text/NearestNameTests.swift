import LocatedYAML
import Testing

@Test(
  "the nearest name is a slip away, not more",
  arguments: [
    ("retires", "retries"), ("RETRIES", "retries"), ("breaker", "breakers"), ("xyz", nil), ("a", nil), ("budgets", nil),
  ] as [(String, String?)])
func nearest(wanted: String, expected: String?) {
  #expect(nearestName(to: wanted, among: ["retries", "breakers", "b"]) == expected)
}
