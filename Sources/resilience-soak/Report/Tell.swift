import Glibc

/// Prints a line at once, also into a file or a pipe.
func tell(_ line: String = "") {
  print(line)
  fflush(nil)
}
