package app.holdfast.core.peer;

import app.holdfast.core.api.PeerTraffic;
import app.holdfast.core.api.Throughput;
import app.holdfast.core.clock.RandomSource;
import app.holdfast.core.clock.TimeSource;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.transport.Link;
import app.holdfast.core.transport.Service;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The engines of all members of one library. Any thread.
public final class Peers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);

    /// Seconds that one number of [#throughput] stands for.
    private static final int STEP_SECONDS = 5;

    private final DeviceId self;
    private final Neighbourhood around;
    private final Commons.Chance chance;
    private final Commons common;
    private final AtomicReference<Map<DeviceId, PeerRule>> rules = new AtomicReference<>(Map.of());
    private final Map<DeviceId, PeerEngine> engines = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    public Peers(DeviceId self, Neighbourhood around, TimeSource time, RandomSource random) {
        this.self = self;
        this.around = around;
        this.chance = new Commons.Chance(random.nextLong(), time, random);
        this.common = new Commons(self, around, chance, this::wake, new TokenBucket(), new TokenBucket());
    }

    /// What answers for sync: members only, anyone else is refused inside the handshake.
    public Service service() {
        return new Service(engines::containsKey, this::accept);
    }

    /// Who the members are now, and where each may be dialled. Engines of new ones start, those of others end; may be
    /// called with the same again.
    ///
    /// @param members this device may be among them
    public void members(Map<DeviceId, List<InetSocketAddress>> members) {
        members.forEach((device, addresses) -> {
            if (!device.equals(self) && !closed.get()) {
                engines.computeIfAbsent(device, this::started).addresses(addresses);
            }
        });
        for (DeviceId device : List.copyOf(engines.keySet())) {
            PeerEngine engine = members.containsKey(device) ? null : engines.remove(device);
            if (engine != null) {
                // its last step is a job of the writer, which may be who calls
                Thread.ofVirtual().name("peer-close-" + device).start(engine::close);
            }
        }
    }

    /// What the person has decided, of members or not; may be told the same again.
    ///
    /// @param each devices that are not named go by [PeerRule#NONE]
    /// @param all  for all devices: paused like each, and a rate that they share
    public void rules(Map<DeviceId, PeerRule> each, PeerRule all) {
        common.out().setRate(all.bytesPerSecond());
        common.in().setRate(all.bytesPerSecond());
        Map<DeviceId, PeerRule> now = new HashMap<>();
        each.forEach((device, rule) -> now.put(device,
                new PeerRule(all.paused() || rule.paused(), rule.bytesPerSecond())));
        rules.set(Map.copyOf(now));
        engines.forEach((device, engine) -> engine.ruled(rule(device)));
    }

    private PeerRule rule(DeviceId device) {
        return Objects.requireNonNull(rules.get()).getOrDefault(device, PeerRule.NONE);
    }

    /// What was exchanged with each device since the program began.
    public Map<DeviceId, PeerTraffic> traffic() {
        Map<DeviceId, PeerTraffic> traffic = new HashMap<>();
        engines.forEach((device, engine) -> traffic.put(device, engine.traffic()));
        return traffic;
    }

    /// How fast was exchanged with all together.
    public Throughput throughput() {
        return new Throughput(Duration.ofSeconds(STEP_SECONDS), sum(meter -> meter.sentSteps(STEP_SECONDS)),
                sum(meter -> meter.receivedSteps(STEP_SECONDS)));
    }

    private List<Long> sum(Function<Meter, List<Long>> steps) {
        List<Long> sum = new ArrayList<>();
        for (PeerEngine engine : engines.values()) {
            List<Long> one = steps.apply(engine.meter());
            for (int i = 0; i < one.size(); i++) {
                if (i == sum.size()) {
                    sum.add(0L);
                }
                sum.set(i, sum.get(i) + one.get(i));
            }
        }
        return sum;
    }

    /// Something was committed: offers it to all who are linked. Never waits.
    public void wake() {
        engines.values().forEach(PeerEngine::wake);
    }

    /// Dials at once who is waited for.
    ///
    /// @return completes when all that can be reached have the same
    public CompletableFuture<Void> syncNow() {
        return CompletableFuture.allOf(engines.values().stream().map(PeerEngine::syncNow)
                .toArray(CompletableFuture<?>[]::new));
    }

    /// Ends all links and makes them anew, so that both sides say afresh what they have.
    public void relink() {
        engines.values().forEach(PeerEngine::relink);
    }

    /// One for each member but this device.
    public List<PeerStatus> statuses() {
        return engines.values().stream().map(PeerEngine::status).toList();
    }

    /// Ends all links and engines; waits for them, each at most two seconds.
    @Override
    public void close() {
        closed.set(true);
        var ending = new ArrayList<Thread>();
        for (DeviceId device : List.copyOf(engines.keySet())) {
            PeerEngine engine = engines.remove(device);
            if (engine != null) {
                ending.add(Thread.ofVirtual().name("peer-close-" + device).start(engine::close));
            }
        }
        try {
            for (Thread thread : ending) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private PeerEngine started(DeviceId device) {
        var engine = new PeerEngine(device, rule(device), common);
        engine.start();
        return engine;
    }

    /// On the link's own thread; the link is closed when this returns.
    private void accept(Link link) {
        PeerEngine engine = engines.get(link.peer());
        if (engine == null) {
            return;
        }
        try {
            var meeting = Meeting.accepted(link, chance.run(), around.listens().get());
            if (engine.isPaused()) {
                LastWord.say(link, Ending.PAUSED);
                return;
            }
            engine.accepted(meeting);
            meeting.over().await();
        } catch (IOException e) {
            LOG.debug("no greeting peer={} cause={}", link.peer(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
