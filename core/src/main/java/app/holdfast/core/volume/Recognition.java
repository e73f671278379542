package app.holdfast.core.volume;

import app.holdfast.core.api.Tracking;
import app.holdfast.core.model.LibraryId;
import app.holdfast.core.model.VolumeId;
import app.holdfast.core.volume.Marker.Reading.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Decides which volumes of a library are among the drives that are mounted. Pure.
///
/// A marker says which volume a drive is; filesystem id, serial number and size have to agree with it, and stand in for
/// it when it is damaged or could never be written. Where a drive is mounted, by which device or under which letter,
/// says nothing (ADR 111).
public final class Recognition {

    /// Sizes of one filesystem differ a little from one system to the next: less than a part in this many.
    private static final long SIZE_PART = 50;

    /// What the library knows of a volume.
    ///
    /// @param tracking whether a person tracks it, and with a marker
    /// @param fsUuid   empty when not known, as serial; 0 for totalBytes
    /// @param writes   of the newest marker that is known; 0 when any will do
    public record Known(VolumeId id, Tracking tracking, String fsUuid, String serial, long totalBytes, long writes,
            long nonce) {}

    /// A filesystem that is mounted, and what is where its marker would be.
    public record Sighted(MountedVolume volume, Marker.Reading reading) {}

    /// One drive, and what was found out about it.
    ///
    /// @param mounts at least one, all of the same filesystem
    /// @param marker of this library, if one was read
    public record Finding(Outcome outcome, Optional<VolumeId> volume, List<MountedVolume> mounts,
            Optional<Marker> marker) {

        public Finding {
            mounts = List.copyOf(mounts);
        }

        /// Where it is shown as a whole, if anywhere.
        public MountedVolume mount() {
            return mounts.stream().filter(mount -> mount.root().getNameCount() == 0).findFirst()
                    .orElseGet(mounts::getFirst);
        }
    }

    public enum Outcome {
        /// It is this volume.
        HERE,
        /// It is this volume, and its marker is to be written again.
        DAMAGED,
        /// It looks like this volume, and its marker was taken away.
        UNMARKED,
        /// It says that it is this volume, and is not, or not the only one.
        COPY,
        /// It is of this library, which does not know it here yet.
        UNHEARD,
        /// It is none of the library's.
        STRANGER
    }

    private Recognition() {
    }

    /// @param seen in the order of mounting
    /// @return one for each drive, in that order
    public static List<Finding> decide(LibraryId library, List<Known> known, List<Sighted> seen) {
        Map<String, List<Sighted>> drives = new LinkedHashMap<>();
        seen.forEach(one -> drives.computeIfAbsent(one.volume().medium().device(), _ -> new ArrayList<>()).add(one));
        List<Finding> findings = new ArrayList<>();
        drives.values().forEach(drive -> findings.add(one(library, known, drive)));
        return settle(findings);
    }

    private static Finding one(LibraryId library, List<Known> known, List<Sighted> drive) {
        Sighted whole = drive.stream().filter(one -> one.volume().root().getNameCount() == 0).findFirst()
                .orElseGet(drive::getFirst);
        Optional<Sighted> marked = drive.stream().filter(one -> one.reading().marker()
                .filter(marker -> marker.library().equals(library)).isPresent()).findFirst();
        Sighted chosen = marked.orElse(whole);
        List<MountedVolume> mounts = drive.stream().map(Sighted::volume).toList();
        if (marked.isEmpty()) {
            return byFacts(known, chosen, mounts);
        }
        Marker marker = chosen.reading().marker().orElseThrow();
        Optional<Known> volume = known.stream().filter(one -> one.id().equals(marker.volume())).findFirst();
        Outcome outcome = volume.map(one -> byMarker(one, marker, chosen.volume())).orElse(Outcome.UNHEARD);
        return new Finding(outcome, Optional.of(marker.volume()), mounts, Optional.of(marker));
    }

    private static Outcome byMarker(Known known, Marker marker, MountedVolume volume) {
        boolean older = marker.writes() < known.writes();
        boolean forked = marker.writes() == known.writes() && marker.nonce() != known.nonce();
        // not the serial number: a drive has another one behind another plug
        boolean other = contradictsId(known.fsUuid(), volume.fsUuid()) || !isSize(known, volume);
        return older || forked || other ? Outcome.COPY : Outcome.HERE;
    }

    private static boolean contradicts(String one, String other) {
        return !one.isEmpty() && !other.isEmpty() && !one.equals(other);
    }

    /// Systems write the id of one filesystem in their own ways: with or without lines, or half of it. Only what is as
    /// long can speak against it.
    private static boolean contradictsId(String one, String other) {
        String plainOne = plain(one);
        String plainOther = plain(other);
        return plainOne.length() == plainOther.length() && contradicts(plainOne, plainOther);
    }

    private static String plain(String id) {
        return id.replace("-", "").toLowerCase(Locale.ROOT);
    }

    private static boolean isSize(Known known, MountedVolume volume) {
        long one = known.totalBytes();
        long other = volume.totalBytes();
        return one == 0 || other == 0 || Math.abs(one - other) <= Math.max(one, other) / SIZE_PART;
    }

    /// Without a marker only the filesystem's own id will do, with nothing against it, and for one volume only.
    private static Finding byFacts(List<Known> known, Sighted drive, List<MountedVolume> mounts) {
        MountedVolume volume = drive.volume();
        List<Known> alike = known.stream().filter(one -> one.tracking() != Tracking.NONE
                && !one.fsUuid().isEmpty() && plain(one.fsUuid()).equals(plain(volume.fsUuid()))
                && !contradicts(one.serial(), volume.medium().serial()) && isSize(one, volume)).toList();
        if (alike.size() != 1 || drive.reading().state() == State.UNKNOWN) {
            return new Finding(Outcome.STRANGER, Optional.empty(), mounts, Optional.empty());
        }
        boolean never = alike.getFirst().tracking() == Tracking.UNMARKED;
        Outcome outcome = never ? Outcome.HERE
                : drive.reading().state() == State.DAMAGED ? Outcome.DAMAGED : Outcome.UNMARKED;
        return new Finding(outcome, Optional.of(alike.getFirst().id()), mounts, Optional.empty());
    }

    /// Two drives are never one volume. One with a whole marker is before one without.
    private static List<Finding> settle(List<Finding> findings) {
        List<Finding> settled = new ArrayList<>();
        for (Finding one : findings) {
            long rivals = findings.stream().filter(other -> claims(other) && other.volume().equals(one.volume())
                    && other.marker().isPresent()).count();
            long weak = findings.stream().filter(other -> claims(other) && other.volume().equals(one.volume())
                    && other.marker().isEmpty()).count();
            if (!claims(one)) {
                settled.add(one);
            } else if (one.marker().isPresent()) {
                settled.add(rivals > 1 ? as(Outcome.COPY, one) : one);
            } else {
                boolean beaten = rivals > 0;
                settled.add(beaten ? new Finding(Outcome.STRANGER, Optional.empty(), one.mounts(), Optional.empty())
                        : weak > 1 ? as(Outcome.COPY, one) : one);
            }
        }
        return settled;
    }

    private static boolean claims(Finding finding) {
        return finding.outcome() == Outcome.HERE || finding.outcome() == Outcome.DAMAGED
                || finding.outcome() == Outcome.UNMARKED;
    }

    private static Finding as(Outcome outcome, Finding one) {
        return new Finding(outcome, one.volume(), one.mounts(), one.marker());
    }
}
