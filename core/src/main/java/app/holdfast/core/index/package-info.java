/// Turns the disk into rows: walks a location and has the writer make the catalogue equal to what was found; reads what
/// files have in them.
///
/// [Disk] is the edge to the filesystem, [LinuxDisk] and [LocalDisk] the real ones. A [Scan] runs on the thread that
/// its caller gives it, one per location at a time, and writes by jobs of the library's writer only. It never writes to
/// the disk it reads, never follows a symbolic link, never leaves the filesystem of the location's top, nor on Linux
/// its mount, and takes out a row only when the folder that held it was read to its end. A [FolderDigest] tells a
/// folder that looks as before, [IgnoreRules] what is left out, a [Watch] where to look again. A [ContentReader] makes
/// digests of files. A drive with a marker is there only as long as that is ([MarkedDisk]). ADR 42, 43, 130, 132 to
/// 136, 227, 240.
@NullMarked
package app.holdfast.core.index;

import org.jspecify.annotations.NullMarked;
