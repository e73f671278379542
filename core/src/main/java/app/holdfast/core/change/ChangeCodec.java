package app.holdfast.core.change;

import app.holdfast.core.change.cbor.CborException;
import java.util.Arrays;

/// The one byte form of groups and snapshots: deterministic CBOR (RFC 8949 section 4.2), used by the log, the dots
/// and the wire alike. The bytes are laid out in `docs/protocol/frames.md`, section 4.
///
/// Equal changes have equal bytes and the other way round: what is decoded is encoded again, and input that is not
/// exactly that is refused. One check so covers order, duplicates, unused table entries and every other second way
/// to say the same (ADR 20).
///
/// Any thread.
public final class ChangeCodec {

    /// A group larger than this is not sent live; peers reconcile (R6). Encoding does not refuse it, decoding does.
    public static final int GROUP_BYTES_MAX = 1 << 19;
    /// A snapshot larger than this is refused at the write. Encoding does not refuse it, decoding does.
    public static final int SNAPSHOT_BYTES_MAX = 1 << 16;

    private ChangeCodec() {
    }

    /// @throws IllegalArgumentException when the snapshot holds what no peer would take: half a surrogate pair,
    /// tuples deeper than [ValueCodec#TUPLE_DEPTH_MAX], more losers than [Register#LOSERS_MAX], a sequence below 1
    public static byte[] encode(Snapshot snapshot) {
        return ChangeWriter.write(snapshot);
    }

    /// @throws MalformedChange when this is not exactly what [#encode(Snapshot)] gives for some snapshot
    public static Snapshot decodeSnapshot(byte[] bytes) throws MalformedChange {
        refuseLonger(bytes, SNAPSHOT_BYTES_MAX);
        try {
            Snapshot snapshot = new ChangeReader(bytes).snapshot();
            refuseSecondForm(bytes, encode(snapshot));
            return snapshot;
        } catch (CborException e) {
            throw new MalformedChange(e.offset(), e.reason());
        }
    }

    /// Reads a snapshot that this program has written: whether it is in the one form is not checked again.
    ///
    /// @throws MalformedChange when the bytes were damaged since, as far as that can be told
    public static Snapshot decodeStored(byte[] bytes) throws MalformedChange {
        try {
            return new ChangeReader(bytes).snapshot();
        } catch (CborException e) {
            throw new MalformedChange(e.offset(), e.reason());
        }
    }

    /// @throws IllegalArgumentException as for a snapshot
    public static byte[] encode(Group group) {
        return GroupWriter.write(group, NaturalKey.ofThisBuild());
    }

    /// @throws MalformedChange when this is not exactly what [#encode(Group)] gives for some group, at a build that
    /// knows the natural keys that the input names
    public static Group decodeGroup(byte[] bytes) throws MalformedChange {
        refuseLonger(bytes, GROUP_BYTES_MAX);
        try {
            GroupReader reader = new GroupReader(bytes);
            Group group = reader.group();
            refuseSecondForm(bytes, GroupWriter.write(group, reader.keys()));
            return group;
        } catch (CborException e) {
            throw new MalformedChange(e.offset(), e.reason());
        }
    }

    private static void refuseLonger(byte[] bytes, int bytesMax) throws MalformedChange {
        if (bytes.length > bytesMax) {
            throw new MalformedChange(bytesMax, bytes.length + " bytes, at most " + bytesMax + " are taken");
        }
    }

    private static void refuseSecondForm(byte[] bytes, byte[] oneForm) throws MalformedChange {
        int at = Arrays.mismatch(bytes, oneForm);
        if (at >= 0) {
            throw new MalformedChange(at, "not the one form of this change");
        }
    }
}
