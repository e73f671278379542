package app.holdfast.core.index;

import static app.holdfast.core.store.LocationFixture.LOCATION_ID;
import static app.holdfast.core.store.LocationFixture.VOLUME_ID;
import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.ScanProgress.State;
import app.holdfast.core.store.LocationFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IgnoreRulesTest {

    @TempDir
    private Path temp;

    @Test
    void rulesAreThoseOfGit() {
        IgnoreRules rules = IgnoreRules.of("""
                # a comment
                *.tmp
                !keep.tmp
                /only-here
                build/
                doc/**/draft
                [ab].txt
                """);

        assertThat(rules.leavesOut("deep/down/x.tmp", false)).isTrue();
        assertThat(rules.leavesOut("deep/keep.tmp", false)).isFalse();
        assertThat(rules.leavesOut("only-here", false)).isTrue();
        assertThat(rules.leavesOut("deep/only-here", false)).isFalse();
        assertThat(rules.leavesOut("deep/build", true)).isTrue();
        assertThat(rules.leavesOut("deep/build", false)).isFalse();
        assertThat(rules.leavesOut("doc/a/b/draft", true)).isTrue();
        assertThat(rules.leavesOut("b.txt", false)).isTrue();
        assertThat(rules.leavesOut("c.txt", false)).isFalse();
    }

    @Test
    void whatSystemsLeaveOnDrivesIsLeftOutUnlessAPersonWantsIt() {
        assertThat(IgnoreRules.of("").leavesOut("a/.DS_Store", false)).isTrue();
        assertThat(IgnoreRules.of("").leavesOut("$RECYCLE.BIN", true)).isTrue();
        assertThat(IgnoreRules.of("!.DS_Store").leavesOut("a/.DS_Store", false)).isFalse();
        assertThat(IgnoreRules.of("").leavesOut(".hidden", false)).isFalse();
    }

    @Test
    void rulesWithoutSenseLeaveNothingOut() {
        IgnoreRules rules = IgnoreRules.of("[\n\\\n!\n/\n\u0000\n" + "[a".repeat(500));

        assertThat(rules.leavesOut("file", false)).isFalse();
    }

    @Test
    void aChangeOfRulesIsAppliedByTheNextScan() throws Exception {
        Path top = Files.createDirectories(temp.toRealPath().resolve("top"));
        Files.createDirectories(top.resolve("cache/deep"));
        Files.writeString(top.resolve("cache/deep/x"), "x");
        Files.writeString(top.resolve("a.tmp"), "x");
        Files.writeString(top.resolve("b"), "x");
        try (LocationFixture library = LocationFixture.create(Files.createDirectories(temp.resolve("data")))) {
            scan(library, top);
            assertThat(library.tree()).hasSize(5);

            Files.writeString(top.resolve(IgnoreRules.FILE), "cache/\n*.tmp\n");
            scan(library, top);
            assertThat(library.tree().keySet()).containsExactly(IgnoreRules.FILE, "b");

            Files.delete(top.resolve(IgnoreRules.FILE));
            scan(library, top);
            assertThat(library.tree()).hasSize(5);
        }
    }

    @Test
    void partsOfALocationAreReadAlone() throws Exception {
        Path top = Files.createDirectories(temp.toRealPath().resolve("top"));
        Files.createDirectories(top.resolve("a/b"));
        Files.createDirectories(top.resolve("z"));
        Files.writeString(top.resolve("a/one"), "x");
        try (LocationFixture library = LocationFixture.create(Files.createDirectories(temp.resolve("data")))) {
            scan(library, top);
            var one = library.tree().get("a/one").id();
            Files.createDirectories(top.resolve("a/new/deep"));
            Files.writeString(top.resolve("a/new/deep/file"), "x");
            Files.writeString(top.resolve("unseen"), "x");
            Files.move(top.resolve("a/one"), top.resolve("z/one"));

            var order = new Scan.Order(LOCATION_ID, "things", VOLUME_ID, top);
            List<Scan.Part> parts = List.of(new Scan.Part(top.resolve("a"), false),
                    new Scan.Part(top.resolve("a/new"), true), new Scan.Part(top.resolve("gone"), false),
                    new Scan.Part(top.resolve("z"), false));
            assertThat(new Scan(order, parts, LinuxDisk.ofThisSystem(), library.writer(), _ -> { }).run().state())
                    .isEqualTo(State.DONE);

            assertThat(library.tree().keySet()).containsExactly("a", "a/b", "a/new", "a/new/deep", "a/new/deep/file",
                    "z", "z/one");
            assertThat(library.tree().get("z/one").id()).isEqualTo(one);
        }
    }

    @Test
    void theLibrarysOwnFolderIsLeftOutWhateverTheRulesSay() throws Exception {
        Path top = Files.createDirectories(temp.toRealPath().resolve("top"));
        Path own = Files.createDirectories(top.resolve("share/hold fast ü"));
        Files.createDirectories(top.resolve("deep/share/hold fast ü"));
        Files.writeString(own.resolve("database.db"), "x");
        Files.writeString(top.resolve(IgnoreRules.FILE), "!hold fast ü/\n!share/hold fast ü/\n");

        IgnoreRules rules = IgnoreRules.read(top, own);

        assertThat(rules.leavesOut("share/hold fast ü", true)).isTrue();
        assertThat(rules.leavesOut("deep/share/hold fast ü", true)).isFalse();
        assertThat(rules.leavesOut("share", true)).isFalse();
        assertThat(IgnoreRules.read(top, temp.resolve("elsewhere")).leavesOut("share/hold fast ü", true)).isFalse();
    }

    private static void scan(LocationFixture library, Path top) {
        var order = new Scan.Order(LOCATION_ID, "things", VOLUME_ID, top);
        assertThat(new Scan(order, LinuxDisk.ofThisSystem(), library.writer(), _ -> { }).run().state())
                .isEqualTo(State.DONE);
    }
}
