package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.clock.Author;
import app.holdfast.core.model.DeviceId;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A member says that it knows more of this device's names than this device has given (R7): true or not, it must not
/// keep the library busy.
class ForkedHelloTest {

    private static final DeviceId PEER = new DeviceId("02".repeat(32));
    private static final long HOUR_MILLIS = 3_600_000;

    @TempDir
    Path folder;

    private TestDevice laptop;
    private SyncSession session;

    @BeforeEach
    void open() throws Exception {
        laptop = new TestDevice(folder.resolve("laptop"), 1);
        session = new SyncSession(laptop.desk, PEER);
    }

    @AfterEach
    void close() {
        laptop.close();
    }

    private Author author() throws Exception {
        return laptop.run(tx -> tx.state().author());
    }

    /// Greets with so many names beyond what this device has given.
    private Turn greet(long ahead) throws Exception {
        session = new SyncSession(laptop.desk, PEER);
        return laptop.run(tx -> {
            Author self = tx.state().author();
            long covered = tx.shared().vector().of(self);
            return session.receive(tx, new SyncMessage.Hello(SyncMessage.PROTOCOL, SyncMessage.PROTOCOL,
                    tx.state().models().names(), tx.state().library(), new Author(new UUID(9, 9)),
                    VersionVector.of(Map.of(self, covered + ahead)), new TreeMap<>(),
                    tx.state().time().nowMillis()));
        });
    }

    @Test
    void moreThanCanHaveBeenWrittenIsNotBelieved() throws Exception {
        Author before = author();

        Turn turn = greet((1L << 32) + 1);

        assertThat(turn.violation()).hasValueSatisfying(reason -> assertThat(reason).contains("nobody can have"));
        assertThat(author()).isEqualTo(before);
    }

    @Test
    void nobodyIsBelievedTwiceWithinAnHour() throws Exception {
        Author first = author();
        assertThat(greet(5).violation()).isEmpty();
        Author second = author();
        assertThat(second).isNotEqualTo(first);
        assertThat(laptop.notes).containsExactly(new SyncNote(PEER, SyncEvent.Kind.RENEWED, Map.of()));

        laptop.nowMillis += HOUR_MILLIS - 1;
        assertThat(greet(5).violation()).hasValueSatisfying(reason -> assertThat(reason).contains("try again later"));
        assertThat(author()).isEqualTo(second);

        laptop.nowMillis += 1;
        assertThat(greet(5).violation()).isEmpty();
        assertThat(author()).isNotEqualTo(second);
    }

    @Test
    void muchIsWrittenAfreshInPieces() throws Exception {
        laptop.editMany(1, 1_200);
        Author before = author();

        greet(5);

        assertThat(afresh()).isBetween(1L, 600L);
        laptop.close();
        laptop = new TestDevice(folder.resolve("laptop"), 1);
        session = new SyncSession(laptop.desk, PEER);
        for (int jobs = 0; jobs < 4; jobs++) {
            greet(0);
        }
        assertThat(afresh()).isGreaterThan(1_200L);
        assertThat(laptop.<Boolean>run(tx -> tx.forks().isSettled())).isTrue();
        assertThat(author()).isNotEqualTo(before);
    }

    /// How much was written under the present names.
    private long afresh() throws Exception {
        return laptop.run(tx -> tx.shared().vector().of(tx.state().author()));
    }
}
