package app.holdfast.core.volume;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// macOS: Java's file stores, and `diskutil info -plist` for ids, labels and hardware. Safe for any thread.
///
/// Written to the documented interface and not yet run on a Mac.
final class MacVolumes implements Volumes {

    private static final Path DISKUTIL = Path.of("/usr/sbin/diskutil");
    private static final int ANSWER_BYTES_MAX = 1 << 20;
    private static final int ANSWER_SECONDS_MAX = 10;
    private static final Pattern ENTRY = Pattern.compile(
            "<key>([^<]*)</key>\\s*(?:<(?:string|integer)>([^<]*)</(?:string|integer)>|<(true|false)\\s*/>)");

    private final FileStoreVolumes plain = new FileStoreVolumes();
    /// By source: an id never changes while a filesystem is mounted.
    private final Map<String, Map<String, String>> told = new ConcurrentHashMap<>();

    static boolean isHere() {
        return Files.isExecutable(DISKUTIL);
    }

    @Override
    public MountedVolume volumeOf(Path path) throws IOException {
        return with(plain.volumeOf(path));
    }

    @Override
    public List<MountedVolume> mounted() throws IOException {
        var volumes = new ArrayList<MountedVolume>();
        for (MountedVolume volume : plain.mounted()) {
            volumes.add(with(volume));
        }
        told.keySet().retainAll(volumes.stream().map(MacVolumes::place).toList());
        return volumes;
    }

    private static String place(MountedVolume volume) {
        return volume.source() + " " + volume.mountPoint();
    }

    private MountedVolume with(MountedVolume volume) throws IOException {
        Map<String, String> facts = told.get(place(volume));
        if (facts == null) {
            facts = ask(volume.mountPoint());
            told.put(place(volume), facts);
        }
        return describe(volume, facts);
    }

    /// Puts what the system says of a volume to it. Pure.
    static MountedVolume describe(MountedVolume volume, Map<String, String> facts) {
        boolean removable = facts.getOrDefault("RemovableMediaOrExternalDevice",
                facts.getOrDefault("Ejectable", "false")).equals("true");
        var medium = new MountedVolume.Medium(facts.getOrDefault("DeviceNode", volume.medium().device()), "",
                removable, volume.medium().freeBytes());
        return new MountedVolume(volume.mountPoint(), volume.root(),
                facts.getOrDefault("FilesystemType", volume.fileSystem()),
                facts.getOrDefault("DeviceNode", volume.source()),
                facts.getOrDefault("VolumeName", volume.label()), facts.getOrDefault("VolumeUUID", volume.fsUuid()),
                volume.totalBytes(), volume.readOnly(), medium);
    }

    /// The plain values of a property list. Pure.
    static Map<String, String> values(String list) {
        var values = new ConcurrentHashMap<String, String>();
        Matcher entries = ENTRY.matcher(list);
        while (entries.find()) {
            String value = entries.group(2) == null ? entries.group(3) : entries.group(2);
            values.putIfAbsent(entries.group(1), value.replace("&lt;", "<").replace("&gt;", ">")
                    .replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&"));
        }
        return values;
    }

    private static Map<String, String> ask(Path mountPoint) throws IOException {
        Process asked = new ProcessBuilder(DISKUTIL.toString(), "info", "-plist", mountPoint.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (var answer = asked.getInputStream()) {
            asked.getOutputStream().close();
            String list = new String(answer.readNBytes(ANSWER_BYTES_MAX), StandardCharsets.UTF_8);
            return asked.waitFor(ANSWER_SECONDS_MAX, TimeUnit.SECONDS) ? values(list) : Map.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            asked.destroy();
        }
    }
}
