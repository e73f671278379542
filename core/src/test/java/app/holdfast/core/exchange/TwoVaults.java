package app.holdfast.core.exchange;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.OpenVault;
import app.holdfast.core.api.OpenVault.RecordPath;
import app.holdfast.core.api.VaultContent;
import app.holdfast.core.api.VaultMerge;
import app.holdfast.core.api.VaultMerge.Preview;
import app.holdfast.core.api.Vaults;
import app.holdfast.core.clock.RandomSource;
import app.holdfast.core.exchange.ExchangeMessage.Ask;
import app.holdfast.core.exchange.ExchangeMessage.Offered;
import app.holdfast.core.exchange.ExchangeMessage.Part;
import app.holdfast.core.exchange.ExchangeMessage.Take;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.vault.GivenVault;
import app.holdfast.core.vault.VaultDoor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;

/// Two vaults on two devices, and whatever is said between them, without a network. All that is said is noted.
final class TwoVaults implements AutoCloseable {

    static final DeviceId GIVER = new DeviceId("a1".repeat(32));
    static final DeviceId TAKER = new DeviceId("b2".repeat(32));
    static final String WHO = "the laptop";

    final RandomSource random;
    final VaultDoor door;
    final OpenVault giver;
    final OpenVault taker;
    final List<byte[]> said = new ArrayList<>();
    private long exchanges;

    TwoVaults(Path folder, long seed) throws CoreException {
        random = new SplittableRandom(seed)::nextLong;
        door = new VaultDoor(() -> 1_790_000_000_000L, random);
        giver = door.create(folder.resolve("giver.stronghold"), utf8("g"), cheap());
        taker = door.create(folder.resolve("taker.stronghold"), utf8("t"), cheap());
    }

    static Vaults.Locking cheap() {
        return new Vaults.Locking(3, Optional.empty(), Optional.empty(), 0);
    }

    static void put(OpenVault vault, String record, String secret) throws CoreException {
        vault.put(at(record), utf8(secret), utf8("hint of " + record), true);
    }

    /// A secret that does not compress, of several parts.
    void putLarge(OpenVault vault, String record, int bytes) throws CoreException {
        vault.put(at(record), random.bytes(bytes), utf8("large"), true);
    }

    static RecordPath at(String record) {
        return RecordPath.of("wallet", "keys", record);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    ExchangeTerms terms() {
        return new ExchangeTerms(GIVER, TAKER, new UUID(7, ++exchanges));
    }

    /// A whole exchange, in which the taker agrees to whatever a preview shows.
    Preview exchange(VaultMerge choice) throws CoreException, ExchangeException {
        return exchange(giver, taker, choice);
    }

    Preview exchange(OpenVault from, OpenVault to, VaultMerge choice) throws CoreException, ExchangeException {
        try (var taking = new Taking(terms(), to, random)) {
            Giving giving = offer(taking, from, Set.of());
            Preview preview = taking.compared().preview(choice);
            deliver(giving, taking, preview, Integer.MAX_VALUE);
            taking.merge();
            return preview;
        }
    }

    /// Asks and offers.
    Giving offer(Taking taking, OpenVault from, Set<String> clients) throws CoreException, ExchangeException {
        Ask ask = (Ask) over(taking.ask());
        Giving giving = Giving.begin(taking.terms(), ask, GivenVault.of(from, clients), random);
        for (ExchangeMessage message : giving.offer()) {
            switch (over(message)) {
                case Offered offered -> taking.receive(offered);
                case Part part -> taking.receive(part);
                default -> throw new AssertionError("this is not offered");
            }
        }
        return giving;
    }

    /// Delivers until the link breaks.
    ///
    /// @param parts after which it breaks
    /// @return how many parts of the parcel came
    int deliver(Giving giving, Taking taking, Preview preview, int parts) throws CoreException, ExchangeException {
        int from = 0;
        int came = 0;
        for (ExchangeMessage message : taking.take(preview)) {
            switch (over(message)) {
                case Take take -> {
                    from = take.from();
                    giving.receive(take);
                }
                case Part part -> {
                    for (Part each : giving.receive(part, from, WHO)) {
                        if (came < parts) {
                            taking.receive((Part) over(each));
                            came++;
                        }
                    }
                }
                default -> throw new AssertionError("this is not asked");
            }
        }
        return came;
    }

    /// Through its bytes.
    ExchangeMessage over(ExchangeMessage message) throws ExchangeException {
        byte[] frame = message.encode();
        said.add(frame);
        return ExchangeMessage.decode(frame);
    }

    /// Every secret and value by where it is, hexadecimal; revoked records by that word.
    static Map<String, String> secrets(OpenVault vault) throws CoreException {
        var all = new TreeMap<String, String>();
        for (VaultContent.Client client : vault.content().clients()) {
            for (VaultContent.Vault inside : client.vaults()) {
                for (VaultContent.Record record : inside.records()) {
                    all.put(client.id() + "/" + inside.id() + "/" + record.id(), record.revoked() ? "revoked"
                            : new String(vault.secret(RecordPath.of(client.id(), inside.id(), record.id())),
                                    StandardCharsets.ISO_8859_1) + record.hint() + record.name());
                }
            }
            if (client.name().filter("holdfast"::equals).isEmpty()) {
                client.store().forEach(value -> all.put(client.id() + "/" + value.key(), "value of " + value.size()));
            }
        }
        return all;
    }

    @Override
    public void close() {
        giver.close();
        taker.close();
    }
}
