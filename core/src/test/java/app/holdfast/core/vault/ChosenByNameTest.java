package app.holdfast.core.vault;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.OpenVault;
import app.holdfast.core.api.VaultMerge;
import app.holdfast.core.api.VaultMerge.Policy;
import app.holdfast.core.vault.stronghold.Bytes24;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is chosen by its name of what another device offers, which may give a name to everything.
final class ChosenByNameTest {

    /// With a look at each name for each place this took minutes.
    private static final int PLACES = 40_000;
    private static final long SECONDS_MAX = 60;

    @TempDir
    private Path folder;
    private final Desk desk = new Desk(31);
    private final Bytes24 client = Bytes24.ofPath(Desk.utf8("app"));

    private Bytes24 id(int number) {
        return Bytes24.ofPath(Desk.utf8("id " + number));
    }

    /// Each record in a vault of its own, and both with the same names as all others but for a number.
    private byte[] outline() {
        Map<Place, Outline.Shape> records = new LinkedHashMap<>();
        Map<String, Names.Note> names = new LinkedHashMap<>();
        for (int i = 0; i < PLACES; i++) {
            var place = new Place(client, id(i), id(i));
            records.put(place, new Outline.Shape(1, id(i), "ab".repeat(32), false));
            names.put(Names.id(client, id(i), null), new Names.Note(Optional.of("vault " + i / 2), "", 0));
            names.put(place.toString(), new Names.Note(Optional.of("record"), "", 0));
        }
        return new OutlineBytes(new Outline(Set.of(client), records, Map.of(), Set.of()), new Names(names)).encode();
    }

    @Test
    @Timeout(value = SECONDS_MAX, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void oneOfManyIsFoundByItsName() throws Exception {
        try (OpenVault vault = desk.create(folder.resolve("a.stronghold"), "a")) {
            ComparedVault compared = ComparedVault.of(vault, outline(), new byte[32]);

            var preview = compared.preview(new VaultMerge(Policy.REPLACE, Set.of(), Set.of("vault 7"),
                    Set.of("record"), true, Map.of()));

            // two vaults have that name, and as everywhere the one with the smaller id is meant
            Bytes24 meant = id(14).compareTo(id(15)) < 0 ? id(14) : id(15);
            assertThat(preview.steps()).singleElement()
                    .satisfies(step -> assertThat(step.vault()).isEqualTo(meant.hex()));
        }
    }
}
