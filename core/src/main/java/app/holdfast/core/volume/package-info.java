/// Which filesystems are mounted, which of them holds a path, and by what it is known again.
///
/// [Volumes] is the edge: Linux tells by `/proc/self/mountinfo`, macOS by `diskutil`, Windows by Java's file stores. A
/// place on a volume is written as bytes from the filesystem's own top (ADR 41), never as an absolute path, so that it
/// outlives another mount point. Mounts that come and go are told by [Volumes#changes] (ADR 110), a filesystem's id is
/// read by [Superblock] where no udev tells it. A tracked drive has a [Marker], in a [MarkerFile] at its top, and
/// [Recognition] decides which drive is which volume (ADR 111). [PathBytes] are names as any bytes (ADR 40).
///
/// Needs no rights and keeps nothing. Writes one thing only, a drive's marker, and that when it is told to. Any thread
/// but the writer, because a drive that sleeps takes its time to answer.
@NullMarked
package app.holdfast.core.volume;

import org.jspecify.annotations.NullMarked;
