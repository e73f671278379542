/// Turns the disk into rows: walks a location and has the writer make the catalogue equal to what was found.
///
/// [Disk] is the edge to the filesystem, [LinuxDisk] and [LocalDisk] the real ones. A [Scan] runs on the thread
/// that its caller gives it, one per location at a time, and writes by jobs of the library's writer only. It never
/// writes to the disk it reads, never follows a symbolic link, never leaves the filesystem of the location's top,
/// and takes out a row only when the folder that held it was read to its end. A [Watch] says where to look again.
/// A drive with a marker is there only as long as that is ([MarkedDisk]). ADR 42, 43, 130, 132 to 134.
@NullMarked
package app.holdfast.core.index;

import org.jspecify.annotations.NullMarked;
