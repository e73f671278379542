import app.holdfast.core.Holdfast;
import app.holdfast.core.api.Command;
import app.holdfast.core.api.Devices;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.api.MountRow;
import app.holdfast.core.api.ScanProgress;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.api.VolumeRow;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.VolumeId;
import app.holdfast.core.volume.MountedVolume;
import app.holdfast.core.volume.Volumes;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// A drive goes from a to b and back, again and again, between three libraries in one process: how long until all
/// three show its new owner, after the command to claim it and after it was plugged in. Linux, root and loop devices.
public final class TransferBench {

    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);
    private static final int TRIALS = Integer.getInteger("trials", 6);
    private static final int WARM_UPS = 12;
    private static final int FILES_PER_FOLDER = 99;
    /// In ten times as long this much of a processor is rest.
    private static final long RESTS_MILLIS = 50;
    private static final long WAIT_MINUTES = 20;

    /// A computer that sees only what is mounted on its own desk.
    private record Desk(Path top, Volumes machine) implements Volumes {
        @Override
        public MountedVolume volumeOf(Path path) throws IOException {
            return machine.volumeOf(path);
        }

        @Override
        public List<MountedVolume> mounted() throws IOException {
            return machine.mounted().stream().filter(volume -> volume.mountPoint().startsWith(top)).toList();
        }

        @Override
        public Changes changes() throws IOException {
            return machine.changes();
        }
    }

    private final Path work;
    private final int entries;
    private final Map<String, Holdfast> open = new LinkedHashMap<>();
    private final Map<String, Devices> devices = new LinkedHashMap<>();
    private Optional<Path> mounted = Optional.empty();

    private TransferBench(Path work, int entries) {
        this.work = work;
        this.entries = entries;
    }

    /// @param arguments an empty folder to work in, then how many entries, each to be measured; `-Dphase=prepare` or
    ///                  `measure` does only that, in the same folder
    public static void main(String[] arguments) throws Exception {
        String phase = System.getProperty("phase", "both");
        double[][] medians = new double[arguments.length - 1][];
        for (int i = 1; i < arguments.length; i++) {
            Path work = Files.createDirectories(Path.of(arguments[0]).toRealPath().resolve(arguments[i]));
            var bench = new TransferBench(work, Integer.parseInt(arguments[i]));
            try {
                if (!phase.equals("measure")) {
                    bench.prepare();
                }
                if (!phase.equals("prepare")) {
                    bench.start();
                    medians[i - 1] = bench.measure(i == 1 ? WARM_UPS : 2);
                }
            } finally {
                bench.close();
            }
        }
        if (!phase.equals("prepare")) {
            report(arguments, medians);
        }
    }

    private static void report(String[] arguments, double[][] medians) {
        String[] what = {"claim until all three devices show it", "drive plugged in until all three show it"};
        for (int kind = 0; kind < what.length; kind++) {
            for (int i = 0; i < medians.length; i++) {
                Aims.atMost(what[kind] + ", " + arguments[i + 1] + " entries, p50", medians[i][kind], 100, "ms", "");
            }
            if (medians.length > 1) {
                Aims.atMost(what[kind] + ", entries do not count", medians[medians.length - 1][kind]
                        / medians[0][kind], 1.2, "times", arguments[arguments.length - 1] + " against " + arguments[1]);
            }
        }
    }

    private void prepare() throws Exception {
        Path image = work.resolve("drive.img");
        run("truncate", "-s", 64 + entries / 1000 + "M", image.toString());
        run("mkfs.ext4", "-q", "-F", "-N", String.valueOf(2000 + entries + entries / 50), "-L", "Backup 2",
                image.toString());
        for (String name : List.of("a", "b", "c")) {
            Holdfast.initialise(work.resolve(name), name);
        }
        start();
        Path mount = plugIn("a");
        for (int i = 0; i < entries; i++) {
            Path folder = mount.resolve("files/" + i / (FILES_PER_FOLDER + 1));
            if (i % (FILES_PER_FOLDER + 1) == 0) {
                Files.createDirectories(folder);
            } else {
                Files.createFile(folder.resolve(i + ".txt"));
            }
        }
        VolumeId volume = new VolumeId(open.get("a").newId());
        open.get("a").library().submit(new Command.TrackVolume(volume, mount)).toCompletableFuture().get();
        open.get("a").library().submit(new Command.AddLocation(new LocationId(open.get("a").newId()),
                mount.resolve("files"), Optional.empty())).toCompletableFuture().get();
        idle("a");
        for (String name : List.of("b", "c")) {
            String ticket = devices.get("a").invite(true, Duration.ofMinutes(5)).toCompletableFuture().get().ticket();
            devices.get(name).join(ticket, (_, _) -> true).toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
        for (String name : List.of("b", "c")) {
            until(name, reader -> reader.summary().counts().entries() >= entries);
        }
        System.out.printf("%,d entries are on all three devices%n", entries);
    }

    private void start() throws Exception {
        if (!open.isEmpty()) {
            return;
        }
        // not for anybody else: a program has the drives of its machine
        Method opening = Holdfast.class.getDeclaredMethod("open", Path.class, Volumes.class);
        opening.setAccessible(true);
        for (String name : List.of("a", "b", "c")) {
            Path desk = Files.createDirectories(work.resolve("desk of " + name));
            Holdfast opened = (Holdfast) opening.invoke(null, work.resolve(name),
                    new Desk(desk, Volumes.ofThisSystem()));
            open.put(name, opened);
            devices.put(name, opened.connect(LOOPBACK));
        }
    }

    /// @param warmUps an even number
    /// @return medians, milliseconds: of the claims, of the plugging in
    private double[] measure(int warmUps) throws Exception {
        for (String name : open.keySet()) {
            until(name, reader -> reader.devices().stream().allMatch(row -> row.self() || row.online()));
        }
        String owner = open.get("c").library().ask(LibraryReader::volumes).getFirst().deviceName();
        List<Double> claims = new ArrayList<>();
        List<Double> arrivals = new ArrayList<>();
        for (int trial = -warmUps; trial < 2 * TRIALS; trial++) {
            boolean asked = trial % 2 == 0;
            String next = owner.equals("a") ? "b" : "a";
            if (mounted.isPresent()) {
                unplug();
            }
            for (String name : open.keySet()) {
                until(name, reader -> volume(reader).standing().unplugged());
                open.get(name).library().submit(new Command.SetClaiming(!asked)).toCompletableFuture().get();
            }
            rest();
            double millis = asked ? claim(next) : arrive(next);
            if (trial >= 0) {
                (asked ? claims : arrivals).add(millis);
            }
            idle(next);
            owner = next;
        }
        print("claim", claims);
        print("plugged in", arrivals);
        return new double[] {median(claims), median(arrivals)};
    }

    /// Waits for what a program does in the background after it took in many files, in all three at once here: it makes
    /// the index of names and the hashes of rows.
    private static void rest() throws InterruptedException {
        Duration before = used();
        for (Duration now = before.plusSeconds(1); now.minus(before).toMillis() > RESTS_MILLIS; now = used()) {
            before = used();
            Thread.sleep(RESTS_MILLIS * 10);
        }
    }

    private static Duration used() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }

    private double claim(String next) throws Exception {
        plugIn(next);
        until(next, reader -> reader.mounts().stream().anyMatch(row -> row.found() == MountRow.Found.KNOWN));
        VolumeId volume = open.get(next).library().ask(TransferBench::volume).id();
        return shown(next, () -> open.get(next).library().submit(new Command.ClaimVolume(volume)));
    }

    private double arrive(String next) throws Exception {
        return shown(next, () -> plugIn(next));
    }

    private interface Deed {
        void act() throws Exception;
    }

    /// From before what is done until the last device shows it, less what a mount itself takes.
    private double shown(String owner, Deed deed) throws Exception {
        List<CompletableFuture<Long>> seen = new ArrayList<>();
        List<Subscription> watches = new ArrayList<>();
        for (Holdfast each : open.values()) {
            CompletableFuture<Long> at = new CompletableFuture<>();
            seen.add(at);
            watches.add(each.library().observe(TransferBench::volume, row -> {
                if (row.deviceName().equals(owner)) {
                    at.complete(System.nanoTime());
                }
            }));
        }
        mountedNanos = System.nanoTime();
        deed.act();
        long began = mountedNanos;
        long last = 0;
        for (CompletableFuture<Long> at : seen) {
            last = Math.max(last, at.get(WAIT_MINUTES, TimeUnit.MINUTES));
        }
        watches.forEach(Subscription::close);
        return (last - began) / 1e6;
    }

    private long mountedNanos;

    private Path plugIn(String name) throws Exception {
        Path place = Files.createDirectories(work.resolve("desk of " + name).resolve("disk"));
        String device = run("losetup", "-f", "--show", work.resolve("drive.img").toString());
        mountedNanos = System.nanoTime();
        run("mount", device, place.toString());
        run("losetup", "-d", device); // when it is unmounted
        mounted = Optional.of(place);
        return place;
    }

    private void unplug() throws Exception {
        run("sh", "-c", "until umount \"$1\" 2>/dev/null; do sleep 0.05; done", "sh", mounted.orElseThrow().toString());
        mounted = Optional.empty();
    }

    private static VolumeRow volume(LibraryReader reader) {
        return reader.volumes().getFirst();
    }

    private void idle(String name) throws Exception {
        until(name, reader -> reader.locations().stream().allMatch(row -> row.state() == LocationRow.State.IDLE)
                && reader.locations().stream().mapToLong(LocationRow::entries).sum() >= entries
                && reader.scans().stream().allMatch(scan -> scan.state() == ScanProgress.State.DONE));
    }

    private void until(String name, Function<LibraryReader, Boolean> question) throws Exception {
        CompletableFuture<Boolean> so = new CompletableFuture<>();
        try (Subscription _ = open.get(name).library().observe(question, is -> {
            if (is) {
                so.complete(true);
            }
        })) {
            so.get(WAIT_MINUTES, TimeUnit.MINUTES);
        }
    }

    private void print(String what, List<Double> millis) {
        System.out.printf(Locale.ROOT, "%,d entries, %s: p50 %.1f ms, slowest %.1f ms (of %d)%n", entries, what,
                median(millis), millis.stream().mapToDouble(Double::doubleValue).max().orElse(0), millis.size());
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes()).strip();
        if (process.waitFor() != 0) {
            throw new IOException(Arrays.toString(command) + ": " + said);
        }
        return said;
    }

    private void close() throws Exception {
        open.values().forEach(Holdfast::close);
        if (mounted.isPresent()) {
            unplug();
        }
    }
}
