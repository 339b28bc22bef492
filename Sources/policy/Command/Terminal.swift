import Glibc

/// The terminal that the user sits at: lends it to a command's process group and takes it back.
///
/// A command runs in a group of its own, which the terminal treats as a background job. It is lent the terminal when it
/// asks for it, that is when the system stops it for reading or configuring the terminal; until then the terminal stays
/// with the job that `policy` belongs to, so `policy run … | less` works too.
struct Terminal: ~Copyable {
  private var descriptor: Int32?
  /// How the terminal was set when it was first lent.
  private var settings: termios?
  /// The group that has it.
  private(set) var holder: pid_t?

  init() {}

  deinit { if let descriptor { close(descriptor) } }

  /// Finds the controlling terminal; `false` when there is none.
  mutating func open() -> Bool {
    if descriptor != nil { return true }
    let opened = unsafe Glibc.open("/dev/tty", O_RDWR | O_CLOEXEC)
    guard opened >= 0 else { return false }
    descriptor = opened
    return true
  }

  /// Whether the job of `policy` is the one in the foreground.
  var isInForeground: Bool {
    guard let descriptor else { return false }
    return tcgetpgrp(descriptor) == getpgrp()
  }

  /// Lends the terminal to a group.
  mutating func lend(to group: pid_t) {
    guard let descriptor else { return }
    if settings == nil {
      var current = termios()
      if unsafe tcgetattr(descriptor, &current) == 0 { settings = current }
    }
    if tcsetpgrp(descriptor, group) == 0 { holder = group }
  }

  /// Takes the terminal back from a group that has it.
  ///
  /// - Parameter restoring: The group was killed and may have left the terminal in a state that nobody can type in.
  mutating func takeBack(from group: pid_t, restoring: Bool) {
    guard let descriptor, holder == group else { return }
    holder = nil
    tcsetpgrp(descriptor, getpgrp())
    if restoring, var settings { unsafe _ = tcsetattr(descriptor, TCSADRAIN, &settings) }
  }
}
