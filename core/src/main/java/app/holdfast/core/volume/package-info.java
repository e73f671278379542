/// Which filesystems are mounted, which of them holds a path, and by what it is known again.
///
/// [Volumes] is the edge: Linux tells by `/proc/self/mountinfo`, other systems by Java's file stores. A place on a
/// volume is written as bytes from the filesystem's own top (ADR 41), never as an absolute path, so that it outlives
/// another mount point. Reads only, needs no rights, keeps nothing; any thread but the writer, because a share whose
/// server is gone may take its time to answer.
@NullMarked
package app.holdfast.core.volume;

import org.jspecify.annotations.NullMarked;
