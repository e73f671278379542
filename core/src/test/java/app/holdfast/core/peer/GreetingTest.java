package app.holdfast.core.peer;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.change.RandomChanges;
import app.holdfast.core.change.cbor.CborException;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GreetingTest {

    private static final long SEED = Long.getLong("seed", 20260803);

    @Test
    void bytesAreThoseOfTheProtocolDocument() throws CborException {
        var greeting = new Greeting(1, -2, 0, List.of(new InetSocketAddress("127.0.0.1", 4242)));

        byte[] bytes = greeting.encode();

        // docs/protocol/frames.md, section 1.1
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("85" + "01" + "01" + "21" + "00"
                + "82" + "447f000001" + "191092");
        assertThat(Greeting.decode(bytes)).isEqualTo(greeting);
    }

    @Test
    void atMostTheNamedCountOfAddressesIsSent() throws CborException {
        var addresses = IntStream.range(0, 40).mapToObj(i -> new InetSocketAddress("::1", 1_000 + i)).toList();

        var received = Greeting.decode(new Greeting(1, 2, 3, addresses).encode());

        assertThat(received.listens()).isEqualTo(addresses.subList(0, Greeting.LISTENS_MAX));
    }

    @Test
    void brokenGreetingsAreRefusedOrAreOtherGreetings() {
        System.out.println("GreetingTest seed " + SEED);
        var random = new SplittableRandom(SEED);
        var changes = new RandomChanges(random);
        int refused = 0;

        for (int i = 0; i < 50_000; i++) {
            var greeting = new Greeting(random.nextLong(), random.nextLong(), random.nextInt(),
                    List.of(new InetSocketAddress("127.0.0.1", random.nextInt(1 << 16))));
            try {
                Greeting.decode(changes.mutated(greeting.encode()));
            } catch (CborException e) {
                refused++;
            }
        }

        assertThat(refused).isBetween(10_000, 49_000);
    }
}
