package app.holdfast.core.sync;

import app.holdfast.core.change.Claim;
import app.holdfast.core.change.Dot;
import app.holdfast.core.change.EncodedGroup;
import app.holdfast.core.change.Fingerprint;
import app.holdfast.core.change.Head;
import app.holdfast.core.change.Leaf;
import app.holdfast.core.change.OwnedRow;
import app.holdfast.core.change.OwnedRows;
import app.holdfast.core.change.Part;
import app.holdfast.core.change.RecordRange;
import app.holdfast.core.change.Removal;
import app.holdfast.core.change.Snapshot;
import app.holdfast.core.change.TrailMark;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.clock.Author;
import app.holdfast.core.model.LibraryId;
import app.holdfast.core.store.StreamSource;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.UUID;

/// Everything that one device may say to another about a library (`docs/protocol/sync.md`, section 4).
public sealed interface SyncMessage {

    /// The protocol that this build speaks.
    int PROTOCOL = 1;

    /// Dots in one fetch or list of gone ones, and removals in one page of a stream.
    int DOTS_MAX = 20_000;

    /// What the rows of one page ([OwnedRow#bytesMax]) or the groups or contents of one message may add up to, so
    /// that it fits in a frame even when nothing of it can be compressed.
    int PAYLOAD_BYTES_MAX = 900_000;

    /// First message in each direction: who I am, what I have.
    ///
    /// @param protocolMin the oldest protocol understood
    /// @param protocolMax the newest
    /// @param schema      names of the models understood, for the other's information
    /// @param heads       chained hashes of the groups covered, where they are known (R7)
    /// @param nowMillis   my wall clock, so that a wrong one can be shown
    record Hello(int protocolMin, int protocolMax, List<String> schema, LibraryId library, Author incarnation,
            VersionVector covered, SortedMap<Author, Long> heads, long nowMillis) implements SyncMessage {}

    /// Whole groups in an order in which they can be admitted.
    record Groups(List<EncodedGroup> groups) implements SyncMessage {}

    /// Everything that this vector covers is on my disk.
    record Ack(VersionVector covered) implements SyncMessage {}

    /// My log does not reach back to what you have: open a manifest.
    record NeedReconcile() implements SyncMessage {}

    /// Ranges in one message that compares.
    int RANGES_MAX = 1_024;
    /// Parts into which an answer cuts one of them.
    int PARTS_MAX = 16;

    /// Fix your state of this moment, so that I can compare mine with it (R5, phase 1).
    ///
    /// @param doubted authors of whom we seem to have been told different things: their whole trails are wanted
    record ManifestOpen(SortedSet<Author> doubted) implements SyncMessage {}

    /// Steps of trails in one manifest; the oldest are left out.
    int TRAIL_MARKS_MAX = 20_000;

    /// It is fixed. Sent again when it could not be kept: compare anew.
    ///
    /// @param covered the vector of that state (V)
    /// @param heads   chained hashes of the groups covered, where they are known
    /// @param trails  those along the groups of authors of whom the asker covers less, from there on, and of those
    ///        whom it doubts
    record Manifest(VersionVector covered, SortedMap<Author, Long> heads, SortedMap<Author, List<TrailMark>> trails)
            implements SyncMessage {}

    /// These are the fingerprints of ranges of mine.
    record Compare(List<RangeSum> ranges) implements SyncMessage {}

    record RangeSum(RecordRange range, Fingerprint sum) {}

    /// About the first of the ranges of a [Compare], in their order: those that are the same with me are left out, of
    /// the others there are the fingerprints of all of their parts, or all names; or the names of the beginning of one
    /// and the fingerprint of the rest.
    ///
    /// @param answered how many ranges this is about
    record Compared(int answered, List<RangeSum> sums, List<RangeNames> names) implements SyncMessage {}

    /// All that is live with me in a range.
    record RangeNames(RecordRange range, List<Live> names) {}

    /// I cover this and my live dots have this fingerprint; who covers the same and has another is to compare.
    ///
    /// @param asks whether the other is to say the same of itself
    record Check(VersionVector covered, Fingerprint sum, boolean asks) implements SyncMessage {}

    /// A live dot by name.
    record Live(UUID record, Dot dot) {}

    /// Send me what these dots hold (R5, phase 2).
    record Fetch(List<Dot> dots) implements SyncMessage {}

    /// @param gone dots that are not live here any more
    record Contents(List<Content> contents, List<Dot> gone) implements SyncMessage {}

    /// What one dot holds; never changes.
    record Content(Dot dot, String model, UUID record, Snapshot snapshot) {}

    /// How far I hold these streams; sent after hello and when it changed.
    ///
    /// @param all whether I have, or have had, all of the library, and you cover what I do (ADR 228)
    record Streams(List<StreamState> streams, boolean all) implements SyncMessage {}

    /// @param claim    the claim on which I hold the stream
    /// @param mark     the cut that I hold exactly, -1 for none (S1)
    /// @param asserted whether absence counts at that cut (S4)
    /// @param without  locations of the stream whose entries I do without
    record StreamState(Claim claim, long mark, boolean asserted, List<UUID> without) {}

    /// Send me what is new in this stream, and go on sending it; or, when I hold no cut of it or one too old, what to
    /// compare with.
    ///
    /// @param claim    the claim's id
    /// @param mark     the cut that I hold exactly, -1 for none
    /// @param received rows of the stream up to this sequence are here from a transfer that broke off; at least mark
    /// @param settled  signature of a head that I have compared with as far as I can, empty for none: tell me of the
    ///                 next
    /// @param without  locations whose entries I do without
    record Follow(Dot claim, long mark, long received, Signature settled, List<UUID> without) implements SyncMessage {

        public Follow(Dot claim, long mark, long received, List<UUID> without) {
            this(claim, mark, received, Signature.NONE, without);
        }
    }

    /// Bytes compared by content. The array is its own: neither side may change it.
    record Signature(byte[] bytes) {

        static final Signature NONE = new Signature(new byte[0]);

        @Override
        public boolean equals(Object other) {
            return other instanceof Signature signature && Arrays.equals(bytes, signature.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    /// I have another source for this stream.
    record Unfollow(Dot claim) implements SyncMessage {}

    /// What is new in a stream, in the order of the owner's sequence. A page never raises the mark.
    ///
    /// @param number   pages of this stream on this link, from 1
    /// @param received everything of this stream's own claim up to this sequence has been sent now
    record StreamPage(Dot claim, long number, List<OwnedRows> rows, List<Removal> removals, long received)
            implements SyncMessage {}

    /// End of a transfer: what was sent, with what you had, is what the owner signed.
    ///
    /// @param elsewhere what the rows hash to in the locations that you do without
    record StreamCut(Dot claim, Head head, List<Part> elsewhere) implements SyncMessage {}

    /// What to compare with: all leaves of a cut (S5).
    ///
    /// @param elsewhere as above; the same in each of the messages that make the list
    /// @param last      whether the list ends with this message
    record StreamLeaves(Dot claim, Head head, List<Part> elsewhere, List<Leaf> leaves, boolean last)
            implements SyncMessage {}

    /// Send me these leaves.
    record LeafFetch(Dot claim, List<Leaf> leaves) implements SyncMessage {}

    /// Rows of the leaves that were asked for, in that order, each leaf whole.
    ///
    /// @param complete so many leaves end with this page; none: it holds a part of the next one
    /// @param gone     which of these, by position, I do not hold any more as they were asked for
    record LeafPage(Dot claim, List<OwnedRows> rows, int complete, List<Integer> gone) implements SyncMessage {}

    /// What a device passes on as news of another, in one go: rows and removals, and pages.
    int RELAYED_ROWS_MAX = 2 * StreamSource.RELAYED_MAX;
    int RELAYED_PAGES_MAX = 16;

    /// Leaves in one message.
    int LEAVES_MAX = 16_000;
    /// Leaves that may be asked for in one message.
    int LEAVES_ASKED_MAX = 64;
    /// Locations that one device does without.
    int LOCATIONS_MAX = 4_000;

    /// That page is on my disk; at most [#PAGES_AHEAD_MAX] are sent without it.
    record PageAck(Dot claim, long number) implements SyncMessage {}

    /// Pages that may be under way for one stream on one link.
    int PAGES_AHEAD_MAX = 4;

    /// I end this conversation; the reason is for the other's log.
    record Goodbye(String reason) implements SyncMessage {}
}
