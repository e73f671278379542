package app.holdfast.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.OpenVault;
import app.holdfast.core.api.VaultMerge;
import app.holdfast.core.api.VaultMerge.Policy;
import app.holdfast.core.api.VaultMerge.Preview;
import app.holdfast.core.change.cbor.CborException;
import app.holdfast.core.change.cbor.CborWriter;
import app.holdfast.core.exchange.ExchangeMessage.Ask;
import app.holdfast.core.exchange.ExchangeMessage.Load;
import app.holdfast.core.exchange.ExchangeMessage.Offered;
import app.holdfast.core.exchange.ExchangeMessage.Part;
import app.holdfast.core.exchange.ExchangeMessage.Take;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.vault.GivenVault;
import app.holdfast.core.vault.hpke.ReceiverKey;
import app.holdfast.core.vault.hpke.Sealer;
import app.holdfast.core.vault.stronghold.Bytes24;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What someone gets who has everything that was said, or who says it again, or who is not the one that is meant.
final class ExchangeSecrecyTest {

    private static final VaultMerge ALL = VaultMerge.all(Policy.REPLACE);

    @TempDir
    private Path folder;
    private TwoVaults two;

    @BeforeEach
    void twoVaults() throws CoreException {
        two = new TwoVaults(folder, 12);
        TwoVaults.put(two.giver, "seed", "correct horse battery staple");
        TwoVaults.put(two.giver, "pin", "1234");
        two.giver.putValue("wallet", "setting", TwoVaults.utf8("value in the store"), Optional.empty());
        TwoVaults.put(two.taker, "own", "never leaves this device");
    }

    @AfterEach
    void close() {
        two.close();
    }

    @Test
    void aCaptureShowsNoSecretNoHintAndNoName() throws Exception {
        two.exchange(ALL);

        String all = said(two.said);
        assertThat(all).contains("taker.stronghold");
        for (String word : List.of("correct horse", "1234", "value in the store", "never leaves", "hint of", "wallet",
                "keys", "seed", "pin", "setting", "own")) {
            assertThat(all).as(word).doesNotContain(word);
        }
        for (OpenVault vault : List.of(two.giver, two.taker)) {
            for (String place : TwoVaults.secrets(vault).keySet()) {
                for (String id : place.split("/")) {
                    if (id.length() == 48) {
                        assertThat(all).as(id).doesNotContain(new String(HexFormat.of().parseHex(id),
                                StandardCharsets.ISO_8859_1));
                    }
                }
            }
        }
    }

    /// The listener has all that was said, all terms, and keys of its own; only the taker's secret key is lacking.
    @Test
    void aCaptureOpensNothingWithoutTheReceiversKey() throws Exception {
        two.exchange(ALL);
        ExchangeTerms terms = new ExchangeTerms(TwoVaults.GIVER, TwoVaults.TAKER, new UUID(7, 1));
        List<ExchangeMessage> messages = new ArrayList<>();
        for (byte[] frame : two.said) {
            messages.add(ExchangeMessage.decode(frame));
        }
        Offered offered = first(messages, Offered.class);
        Take take = first(messages, Take.class);
        assertThat(messages).filteredOn(Part.class::isInstance).hasSize(3);

        for (ExchangeMessage message : messages) {
            if (message instanceof Part part) {
                byte[] ahead = part.load() == Load.WISH ? take.ahead() : offered.ahead();
                byte[] info = part.load() == Load.WISH ? terms.toGiver() : terms.toTaker();
                byte[] data = Packing.data(part.load(), part.index(), part.size());
                // what a listener can try: keys of its own, and public halves in the place of secret ones
                assertThat(ReceiverKey.make(two.random).opener(ahead, info).orElseThrow().open(data, part.sealed()))
                        .isEmpty();
                assertThat(part.sealed().length).isEqualTo(part.size() + Sealer.TAG);
            }
        }
    }

    @Test
    void shapesOfTwoExchangesHaveNothingInCommon() throws Exception {
        byte[] first = GivenVault.of(two.giver, Set.of()).outline(two.random.bytes(32));
        byte[] second = GivenVault.of(two.giver, Set.of()).outline(two.random.bytes(32));
        byte[] key = new byte[32];

        assertThat(first).isNotEqualTo(second).hasSameSizeAs(second);
        assertThat(GivenVault.of(two.giver, Set.of()).outline(key))
                .isEqualTo(GivenVault.of(two.giver, Set.of()).outline(key));
    }

    @Test
    void whatWasSealedForOneDeviceDoesNotOpenForAnother() throws Exception {
        var taking = new Taking(two.terms(), two.taker, two.random);
        var other = new ExchangeTerms(TwoVaults.GIVER, new DeviceId("cc".repeat(32)), taking.terms().id());
        List<ExchangeMessage> offer = Giving.begin(other, taking.ask(), GivenVault.of(two.giver, Set.of()), two.random)
                .offer();

        refusedBy(taking, offer);
    }

    @Test
    void whatAnotherDeviceGivesIsRefused() throws Exception {
        var taking = new Taking(two.terms(), two.taker, two.random);
        var other = new ExchangeTerms(new DeviceId("cc".repeat(32)), TwoVaults.TAKER, taking.terms().id());
        List<ExchangeMessage> offer = Giving.begin(other, taking.ask(), GivenVault.of(two.giver, Set.of()), two.random)
                .offer();

        refusedBy(taking, offer);
    }

    @Test
    void anOfferThatIsSaidAgainIsRefused() throws Exception {
        var first = new Taking(two.terms(), two.taker, two.random);
        List<ExchangeMessage> offer = Giving.begin(first.terms(), first.ask(), GivenVault.of(two.giver, Set.of()),
                two.random).offer();
        var second = new Taking(two.terms(), two.taker, two.random);
        var sameId = new Taking(first.terms(), two.taker, two.random);

        refusedBy(second, offer);
        refusedBy(sameId, offer);
        first.receive((Offered) offer.getFirst());
        first.receive((Part) offer.get(1));
        assertThatExceptionOfType(ExchangeException.class).isThrownBy(() -> first.receive((Part) offer.get(1)));
        assertThatExceptionOfType(ExchangeException.class).isThrownBy(() -> first.receive((Offered) offer.getFirst()));
    }

    @Test
    void aWishThatIsSaidAgainInAnotherExchangeIsRefused() throws Exception {
        var taking = new Taking(two.terms(), two.taker, two.random);
        two.offer(taking, two.giver, Set.of());
        List<ExchangeMessage> wish = taking.take(taking.compared().preview(ALL));
        var other = new Taking(two.terms(), two.taker, two.random);
        Giving giving = two.offer(other, two.giver, Set.of());

        giving.receive((Take) wish.getFirst());

        assertThatExceptionOfType(ExchangeException.class)
                .isThrownBy(() -> giving.receive((Part) wish.get(1), 0, TwoVaults.WHO)).withMessageContaining("wish");
    }

    @Test
    void partsThatAreSwappedLeftOutOrChangedAreRefused() throws Exception {
        two.putLarge(two.giver, "large", 3 * Packing.PART);
        var taking = new Taking(two.terms(), two.taker, two.random);
        Giving giving = two.offer(taking, two.giver, Set.of());
        List<Part> parcel = parcel(giving, taking, taking.compared().preview(ALL));

        // before it is opened, where the seal's own order would be next to refuse it
        assertThatExceptionOfType(ExchangeException.class).isThrownBy(() -> taking.receive(parcel.get(1)))
                .withMessageContaining("part 1 of the parcel is not due");
        Part second = parcel.get(1);
        refused(taking, new Part(second.load(), 0, second.size(), second.sealed()));
        Part first = parcel.getFirst();
        refused(taking, new Part(first.load(), 0, first.size() - 1, first.sealed()));
        refused(taking, new Part(Load.OUTLINE, 0, first.size(), first.sealed()));
        byte[] changed = first.sealed().clone();
        changed[100] ^= 1;
        refused(taking, new Part(first.load(), 0, first.size(), changed));
        for (Part part : parcel) {
            taking.receive(part);
        }
        taking.merge();
    }

    /// A giver that shows one thing and sends another.
    @Test
    void recordsThatAreNotTheOnesOfferedAreRefused() throws Exception {
        OpenVault liar = two.door.create(folder.resolve("liar.stronghold"), TwoVaults.utf8("l"), TwoVaults.cheap());
        TwoVaults.put(liar, "seed", "another secret here");
        TwoVaults.put(liar, "pin", "0000");
        liar.putValue("wallet", "setting", TwoVaults.utf8("value in the store"), Optional.empty());
        Map<String, String> before = TwoVaults.secrets(two.taker);
        var taking = new Taking(two.terms(), two.taker, two.random);
        Sealer sealer = Sealer.to(taking.ask().key(), taking.terms().toTaker(), two.random).orElseThrow();
        GivenVault honest = GivenVault.of(two.giver, Set.of());
        taking.receive(new Offered(sealer.ahead(), ReceiverKey.make(two.random).publicKey()));
        for (Part part : Packing.pack(Load.OUTLINE, honest.outline(sealer.secret(Giving.SHAPES)), sealer)) {
            taking.receive(part);
        }
        Preview preview = taking.compared().preview(ALL);
        byte[] wish = taking.compared().wish(preview).orElseThrow();
        GivenVault dishonest = GivenVault.of(liar, Set.of());
        assertThat(dishonest.outline(new byte[32])).isNotEmpty();
        assertThat(taking.take(preview)).isNotEmpty();

        for (Part part : Packing.pack(Load.PARCEL, dishonest.parcel(wish, TwoVaults.WHO).block(), sealer)) {
            taking.receive(part);
        }

        assertThatExceptionOfType(ExchangeException.class).isThrownBy(taking::merge)
                .withMessageContaining("not the one that was offered");
        assertThat(TwoVaults.secrets(two.taker)).isEqualTo(before);
        liar.close();
    }

    @Test
    void moreThanWasOfferedIsNotGiven() throws Exception {
        two.giver.putValue("second", "lone", TwoVaults.utf8("only there"), Optional.empty());
        var whole = new Taking(two.terms(), two.taker, two.random);
        two.offer(whole, two.giver, Set.of());
        byte[] wish = whole.compared().wish(whole.compared().preview(ALL)).orElseThrow();
        GivenVault some = GivenVault.of(two.giver, Set.of("second"));
        some.outline(new byte[32]);

        assertThatExceptionOfType(CborException.class)
                .isThrownBy(() -> some.parcel(wish, TwoVaults.WHO)).withMessageContaining("not to be had");
    }

    private List<Part> parcel(Giving giving, Taking taking, Preview preview) throws Exception {
        List<Part> parcel = new ArrayList<>();
        for (ExchangeMessage message : taking.take(preview)) {
            switch (message) {
                case Take take -> giving.receive(take);
                case Part part -> parcel.addAll(giving.receive(part, 0, TwoVaults.WHO));
                case Ask _, Offered _, ExchangeMessage.Done _, ExchangeMessage.Refused _ -> throw new AssertionError();
            }
        }
        return parcel;
    }

    private static void refusedBy(Taking taking, List<ExchangeMessage> offer) throws ExchangeException {
        taking.receive((Offered) offer.getFirst());
        refused(taking, (Part) offer.get(1));
    }

    private static void refused(Taking taking, Part part) {
        assertThatExceptionOfType(ExchangeException.class).isThrownBy(() -> taking.receive(part));
    }

    private static <T> T first(List<ExchangeMessage> messages, Class<T> kind) {
        return messages.stream().filter(kind::isInstance).map(kind::cast).findFirst().orElseThrow();
    }

    private static String said(List<byte[]> frames) {
        var all = new StringBuilder();
        frames.forEach(frame -> all.append(new String(frame, StandardCharsets.ISO_8859_1)).append('\n'));
        return all.toString();
    }

    /// Only the giver says so of itself: nobody can ask for them.
    @Test
    void anOutlineTellsNoSizeAndNoHashOfWhatIsGone() throws Exception {
        var revoked = new String[] {"one", "another secret"};
        List<byte[]> outlines = new ArrayList<>();
        for (String secret : revoked) {
            try (var other = new TwoVaults(Files.createDirectory(folder.resolve(secret)), 16)) {
                TwoVaults.put(other.giver, "gone", secret);
                other.giver.putValue("wallet", "brief", TwoVaults.utf8(secret), Optional.of(Duration.ofSeconds(-1)));
                other.giver.revoke(TwoVaults.at("gone"));
                outlines.add(GivenVault.of(other.giver, Set.of()).outline(new byte[32]));
            }
        }

        assertThat(outlines.getFirst()).isEqualTo(outlines.getLast());
        assertThat(said(outlines)).contains("\0".repeat(32));
    }

    @Test
    void aValueThatExpiredIsNotGiven() throws Exception {
        two.giver.putValue("wallet", "brief", TwoVaults.utf8("1"), Optional.of(Duration.ofSeconds(-1)));
        two.giver.putValue("wallet", "lasting", TwoVaults.utf8("1"), Optional.empty());
        GivenVault given = GivenVault.of(two.giver, Set.of());
        assertThat(given.outline(new byte[32])).isNotEmpty();

        Bytes24 wallet = Bytes24.ofPath(TwoVaults.utf8("wallet"));
        byte[] lasting = wish(wallet, "lasting");
        byte[] brief = wish(wallet, "brief");

        assertThat(given.parcel(lasting, TwoVaults.WHO).count()).isEqualTo(1);
        assertThatExceptionOfType(CborException.class).isThrownBy(() -> given.parcel(brief, TwoVaults.WHO))
                .withMessageContaining("not to be had");
    }

    private static byte[] wish(Bytes24 client, String key) {
        return new CborWriter().array(2).array(0).array(1).array(2).bytes(client.bytes()).bytes(TwoVaults.utf8(key))
                .toBytes();
    }
}
