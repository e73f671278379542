package app.holdfast.core.api;

import app.holdfast.core.model.DeviceId;
import java.util.List;

/// What a check of the whole library has found.
///
/// @param findings worst first; empty when all is well
/// @param checks   how many rules were checked
/// @param peers    how the other devices stood when [Command.PollPeers] last asked them
public record Checkup(List<Finding> findings, int checks, List<Peer> peers) {

    /// Which rule does not hold.
    public enum Code {
        /// SQLite finds the catalogue's file damaged.
        CATALOGUE_DAMAGED,
        /// A row points to one that is not there.
        DANGLING_REFERENCE,
        /// A shared record's content is not what was written.
        SNAPSHOT_DAMAGED,
        /// A shared record's content was damaged and a repair has found it nowhere here: it is got again when a device
        /// is linked that has it. Until then what is still known of it is shown.
        SNAPSHOT_LACKING,
        /// What questions read of a shared record is not what its changes say.
        VIEW_DIFFERS,
        /// A change is here that the version vector does not cover.
        DOT_BEYOND_VECTOR,
        /// This device's own count of changes is behind its changes.
        OWN_SEQUENCE_BEHIND,
        /// A stream holds a row beyond how far it is said to be held.
        ROW_BEYOND_STREAM,
        /// What is held of another device's rows is not what that device signed.
        STREAM_DIFFERS,
        /// A stream stands on a claim that has lost.
        STREAM_ON_LOST_CLAIM,
        /// A file or folder lies in a folder that is not there, or in one of another location.
        ENTRY_WITHOUT_FOLDER,
        /// Folders lie in each other.
        ENTRY_CYCLE,
        /// A row is damaged: it cannot be what its owner wrote.
        ROW_DAMAGED,
        /// The search would not find what there is, or would find what is not there.
        SEARCH_DIFFERS,
        /// The log's file is damaged.
        LOG_DAMAGED,
        /// The log holds changes that the library does not cover.
        LOG_BEYOND_VECTOR,
        /// The library's clock is far ahead of this device's.
        CLOCK_AHEAD,
        /// Two running programs say that they are the same device: its folder was copied, or its key has leaked.
        IDENTITY_TWICE
    }

    public enum Severity { NOTICE, WARNING, ERROR }

    /// What a repair does about it.
    public enum Repair {
        /// Nothing: it mends itself, or a person has to.
        NONE,
        /// Makes it again from what is here.
        REBUILD,
        /// Throws the log away; it is only there to be fast.
        DROP_LOG,
        /// Drops what is damaged and gets it again from another device.
        FETCH_AGAIN
    }

    /// @param count   how often
    /// @param example one of them, for a person who looks; may be empty
    public record Finding(Code code, long count, Severity severity, Repair repair, String example) {}

    /// How another device stands, as it and this device see it.
    public enum Standing {
        /// It holds the same shared records, and the two have nothing to send each other.
        EQUAL,
        /// One of the two has something that is on its way or is still to be sent.
        BEHIND,
        /// It covers the same changes and holds other records: one of the two was damaged. They are comparing now, and
        /// get from each other what is lost.
        DIFFERS,
        /// It is not linked, or gave no answer in time.
        SILENT
    }

    public record Peer(DeviceId id, String name, Standing standing) {}

    public Checkup {
        findings = List.copyOf(findings);
        peers = List.copyOf(peers);
    }
}
