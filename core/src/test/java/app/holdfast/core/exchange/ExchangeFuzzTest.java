package app.holdfast.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.VaultMerge;
import app.holdfast.core.api.VaultMerge.Policy;
import app.holdfast.core.change.cbor.CborException;
import app.holdfast.core.exchange.ExchangeMessage.Offered;
import app.holdfast.core.exchange.ExchangeMessage.Part;
import app.holdfast.core.vault.ComparedVault;
import app.holdfast.core.vault.GivenVault;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever the other side says, it is taken or refused with a place, and the vault stays as it was.
final class ExchangeFuzzTest {

    private static final int RUNS = Integer.getInteger("holdfast.fuzz", 20_000);

    @TempDir
    private Path folder;
    private final long seed = Long.getLong("holdfast.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);

    @Test
    void noFrameMakesTrouble() throws Exception {
        System.out.println("exchange frames, seed " + seed + " (-Dholdfast.seed)");
        try (var two = new TwoVaults(folder, 13)) {
            TwoVaults.put(two.giver, "one", "1");
            two.exchange(VaultMerge.all(Policy.REPLACE));
            int taken = 0;

            for (int run = 0; run < RUNS; run++) {
                byte[] frame = mutated(two.said.get(random.nextInt(two.said.size())));
                try {
                    ExchangeMessage.decode(frame);
                    taken++;
                } catch (ExchangeException e) {
                    assertThat(e.offset()).isBetween(0L, (long) frame.length);
                }
            }

            assertThat(taken).isLessThan(RUNS);
        }
    }

    @Test
    void noPartThatWasTouchedOpens() throws Exception {
        System.out.println("exchange parts, seed " + seed + " (-Dholdfast.seed)");
        try (var two = new TwoVaults(folder, 14)) {
            TwoVaults.put(two.giver, "one", "1");
            TwoVaults.put(two.taker, "two", "2");
            Map<String, String> before = TwoVaults.secrets(two.taker);
            var taking = new Taking(two.terms(), two.taker, two.random);
            List<ExchangeMessage> offer = Giving.begin(taking.terms(), taking.ask(),
                    GivenVault.of(two.giver, Set.of()), two.random).offer();
            taking.receive((Offered) offer.getFirst());
            Part good = (Part) offer.get(1);

            for (int run = 0; run < RUNS; run++) {
                byte[] frame = mutated(good.encode());
                try {
                    if (ExchangeMessage.decode(frame) instanceof Part part) {
                        taking.receive(part);
                        throw new AssertionError("taken: run " + run + " of seed " + seed);
                    }
                } catch (ExchangeException e) {
                    assertThat(e.reason()).isNotEmpty();
                }
            }

            taking.receive(good);
            assertThat(TwoVaults.secrets(two.taker)).isEqualTo(before);
        }
    }

    /// A giver that seals nonsense as it should be sealed.
    @Test
    void noOutlineAndNoWishMakesTrouble() throws Exception {
        System.out.println("exchange outlines, seed " + seed + " (-Dholdfast.seed)");
        try (var two = new TwoVaults(folder, 15)) {
            TwoVaults.put(two.giver, "one", "1");
            TwoVaults.put(two.giver, "gone", "0");
            two.giver.revoke(TwoVaults.at("gone"));
            two.giver.putValue("wallet", "setting", TwoVaults.utf8("v"), Optional.empty());
            GivenVault given = GivenVault.of(two.giver, Set.of());
            byte[] outline = given.outline(new byte[32]);
            ComparedVault compared = ComparedVault.of(two.taker, outline, new byte[32]);
            byte[] wish = compared.wish(compared.preview(VaultMerge.all(Policy.REPLACE))).orElseThrow();

            for (int run = 0; run < RUNS; run++) {
                byte[] frame = mutated(outline);
                try {
                    ComparedVault strange = ComparedVault.of(two.taker, frame, new byte[32]);
                    strange.preview(VaultMerge.all(Policy.KEEP_BOTH));
                    assertThat(strange.offered()).isNotNull();
                } catch (CborException e) {
                    assertThat(e.offset()).isBetween(0, frame.length);
                }
                byte[] wished = mutated(wish);
                try {
                    given.parcel(wished, TwoVaults.WHO);
                } catch (CborException e) {
                    assertThat(e.offset()).isBetween(0, wished.length);
                }
            }
        }
    }

    /// A bit, a byte, a cut, more at the end, a piece twice, or something else altogether.
    private byte[] mutated(byte[] bytes) {
        byte[] copy = bytes.clone();
        int at = random.nextInt(copy.length);
        switch (random.nextInt(6)) {
            case 0 -> copy[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> copy[at] += (byte) (1 + random.nextInt(255));
            case 2 -> copy = Arrays.copyOf(copy, at);
            case 3 -> {
                copy = Arrays.copyOf(copy, copy.length + 1 + random.nextInt(9));
                copy[copy.length - 1] = (byte) (1 + random.nextInt(255));
            }
            case 4 -> {
                int count = 1 + random.nextInt(Math.min(64, copy.length - at));
                byte[] longer = new byte[copy.length + count];
                System.arraycopy(copy, 0, longer, 0, at + count);
                System.arraycopy(copy, at, longer, at + count, copy.length - at);
                copy = longer;
            }
            default -> {
                copy = new byte[1 + random.nextInt(200)];
                random.nextBytes(copy);
            }
        }
        return copy;
    }
}
