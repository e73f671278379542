package app.holdfast.core.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.OpenVault;
import app.holdfast.core.api.OpenVault.RecordPath;
import app.holdfast.core.api.VaultContent;
import app.holdfast.core.api.VaultMerge;
import app.holdfast.core.api.VaultMerge.Effect;
import app.holdfast.core.api.VaultMerge.Policy;
import app.holdfast.core.vault.stronghold.Bytes24;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Two vaults that went different ways, and what merging one into the other does. The last ones are faults of the
/// engine's own synchronization that must not be ours.
final class MergeTest {

    @TempDir
    private Path folder;
    private final Desk desk = new Desk(2);
    private OpenVault target;
    private OpenVault source;

    @BeforeEach
    void twoVaults() throws CoreException {
        target = desk.create(folder.resolve("target.stronghold"), "t");
        source = desk.create(folder.resolve("source.stronghold"), "s");
    }

    @AfterEach
    void close() {
        target.close();
        source.close();
    }

    @Test
    void aPreviewChangesNothing() throws CoreException {
        Desk.put(source, "one", "1");
        VaultContent before = target.content();

        VaultMerge.Preview preview = target.preview(source, VaultMerge.all(Policy.REPLACE));

        assertThat(preview.count(Effect.ADDED)).isEqualTo(1);
        assertThat(preview.newClients()).isEqualTo(1);
        assertThat(preview.changes()).isTrue();
        assertThat(target.content()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(Policy.class)
    void whatIsMissingIsAddedAndMergingAgainDoesNothing(Policy policy) throws CoreException {
        Desk.put(target, "mine", "m");
        Desk.put(target, "both", "target's");
        Desk.put(source, "theirs", "t");
        Desk.put(source, "both", "source's");
        source.putValue(Desk.CLIENT, "setting", Desk.utf8("source's"), Optional.empty());
        target.putValue(Desk.CLIENT, "setting", Desk.utf8("target's"), Optional.empty());

        merge(policy);

        assertThat(Desk.secret(target, "mine")).isEqualTo("m");
        assertThat(Desk.secret(target, "theirs")).isEqualTo("t");
        assertThat(target.preview(source, VaultMerge.all(policy)).changes()).isFalse();
        assertThat(target.verify().unreadable()).isEmpty();
    }

    @Test
    void valuesThatBothKeepBesideAreNotOverwrittenOnTheWayBack() throws CoreException {
        target.putValue(Desk.CLIENT, "setting", Desk.utf8("target's"), Optional.empty());
        source.putValue(Desk.CLIENT, "setting", Desk.utf8("of the source"), Optional.empty());
        merge(Policy.KEEP_BOTH);

        source.merge(target, source.preview(target, VaultMerge.all(Policy.KEEP_BOTH)));

        assertThat(sizes(target)).containsExactlyInAnyOrder(8, 13);
        assertThat(sizes(source)).containsExactlyInAnyOrder(8, 13);
        assertThat(source.preview(target, VaultMerge.all(Policy.KEEP_BOTH)).changes()).isFalse();
        assertThat(target.preview(source, VaultMerge.all(Policy.KEEP_BOTH)).changes()).isFalse();
    }

    private static List<Integer> sizes(OpenVault vault) throws CoreException {
        return vault.content().clients().stream().flatMap(client -> client.store().stream())
                .filter(value -> value.key().startsWith("setting")).map(VaultContent.Value::size).toList();
    }

    @Test
    void theOldIsKept() throws CoreException {
        differing();

        VaultMerge.Preview preview = merge(Policy.KEEP_OLD);

        assertThat(preview.steps()).singleElement()
                .satisfies(step -> assertThat(step.effect()).isEqualTo(Effect.KEPT))
                .satisfies(step -> assertThat(step.conflict()).isTrue());
        assertThat(Desk.secret(target, "both")).isEqualTo("target's");
    }

    @Test
    void theOldIsReplaced() throws CoreException {
        differing();

        assertThat(merge(Policy.REPLACE).count(Effect.CHANGED)).isEqualTo(1);

        assertThat(Desk.secret(target, "both")).isEqualTo("source's");
    }

    @Test
    void bothAreKept() throws CoreException {
        differing();

        assertThat(merge(Policy.KEEP_BOTH).count(Effect.BESIDE)).isEqualTo(1);

        assertThat(Desk.secret(target, "both")).isEqualTo("target's");
        assertThat(secrets(target)).containsExactlyInAnyOrder("target's", "source's");
    }

    @Test
    void keepingBothBackAndForthEndsWithTwo() throws CoreException {
        differing();

        merge(Policy.KEEP_BOTH);
        source.merge(target, source.preview(target, VaultMerge.all(Policy.KEEP_BOTH)));
        merge(Policy.KEEP_BOTH);

        assertThat(secrets(target)).containsExactlyInAnyOrder("target's", "source's");
        assertThat(secrets(source)).containsExactlyInAnyOrder("target's", "source's");
    }

    @Test
    void theSameSecretIsNoConflictThoughItWasWrittenTwice() throws CoreException {
        Desk.put(target, "both", "same");
        Desk.put(source, "both", "same");

        VaultMerge.Preview preview = target.preview(source, VaultMerge.all(Policy.REPLACE));

        assertThat(preview.count(Effect.SAME)).isEqualTo(1);
        assertThat(preview.changes()).isFalse();
    }

    @Test
    void valuesFollowThePolicyToo() throws CoreException {
        target.putValue(Desk.CLIENT, "k", Desk.utf8("target's"), Optional.empty());
        source.putValue(Desk.CLIENT, "k", Desk.utf8("source's"), Optional.empty());
        source.putValue(Desk.CLIENT, "gone", Desk.utf8("old"), Optional.of(Duration.ZERO));

        merge(Policy.KEEP_BOTH);

        assertThat(target.content().clients().getFirst().store()).extracting(VaultContent.Value::key)
                .containsExactly("k", "k (2)");
        assertThat(merge(Policy.KEEP_BOTH).changes()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Policy.class)
    void aValueThatExpiredInTheTargetGivesWayUnderEveryPolicy(Policy policy) throws CoreException {
        target.putValue(Desk.CLIENT, "k", Desk.utf8("old"), Optional.of(Duration.ZERO));
        source.putValue(Desk.CLIENT, "k", Desk.utf8("new one"), Optional.empty());

        VaultMerge.Preview preview = merge(policy);

        assertThat(preview.steps()).singleElement()
                .satisfies(step -> assertThat(step.conflict()).isFalse());
        assertThat(target.content().clients().getFirst().store())
                .containsExactly(new VaultContent.Value("k", 7, Optional.empty(), false));
    }

    @Test
    void onlyTheChosenClientIsMerged() throws CoreException {
        Desk.put(source, "one", "1");
        source.put(RecordPath.of("other", "v", "r"), Desk.utf8("2"), new byte[0], false);

        merge(new VaultMerge(Policy.REPLACE, Set.of("other"), Set.of(), Set.of(), true, Map.of()));

        assertThat(secrets(target)).containsExactly("2");
    }

    @Test
    void aClientThatIsNotThereCannotBeChosen() {
        assertThatExceptionOfType(CoreException.NotFound.class).isThrownBy(() -> target.preview(source,
                new VaultMerge(Policy.REPLACE, Set.of("nobody"), Set.of(), Set.of(), true, Map.of())));
    }

    @Test
    void aPreviewIsGoodForWhatItSaw() throws CoreException {
        VaultMerge.Preview preview = target.preview(source, VaultMerge.all(Policy.REPLACE));
        Desk.put(source, "later", "1");

        assertThatExceptionOfType(CoreException.Refused.class).isThrownBy(() -> target.merge(source, preview));
    }

    @Test
    void namesGoWithWhatTheyName() throws CoreException {
        source.put(Desk.at("path"), Desk.utf8("1"), new byte[0], false);
        source.name(Desk.at("path"), Optional.of("Savings"));

        merge(Policy.REPLACE);

        assertThat(Desk.records(target)).extracting(VaultContent.Record::name)
                .containsExactly(Optional.of("Savings"));
    }

    @Test
    void idVersionAndHintOfAMergedRecordStay() throws CoreException {
        Desk.put(source, "one", "1");

        merge(Policy.REPLACE);

        assertThat(Desk.records(target)).isEqualTo(Desk.records(source));
        assertThat(target.preview(source, VaultMerge.all(Policy.REPLACE)).count(Effect.SAME)).isEqualTo(1);
    }

    @Test
    void aRevokedRecordInTheSourceTakesAwayTheSameVersionOnly() throws CoreException {
        Desk.put(source, "same", "1");
        Desk.put(source, "edited", "1");
        merge(Policy.REPLACE);
        Desk.put(target, "edited", "2");
        source.revoke(Desk.at("same"));
        source.revoke(Desk.at("edited"));

        VaultMerge.Preview preview = merge(Policy.REPLACE);

        assertThat(preview.count(Effect.REVOKED)).isEqualTo(1);
        assertThat(Desk.secret(target, "edited")).isEqualTo("2");
        assertThatExceptionOfType(CoreException.NotFound.class).isThrownBy(() -> target.secret(Desk.at("same")));
    }

    /// 8.3, the first: it failed as a whole, and brought deleted records back.
    @ParameterizedTest
    @EnumSource(Policy.class)
    void whatTheTargetRevokedDoesNotComeBack(Policy policy) throws CoreException {
        Desk.put(source, "one", "1");
        Desk.put(source, "two", "2");
        merge(Policy.REPLACE);
        target.revoke(Desk.at("one"));
        source.revoke(Desk.at("two"));

        VaultMerge.Preview preview = merge(policy);

        assertThat(preview.count(Effect.STAYS_REVOKED)).isEqualTo(1);
        assertThatExceptionOfType(CoreException.NotFound.class).isThrownBy(() -> target.secret(Desk.at("one")));
    }

    /// 8.3, the second and third: ids were mapped in one step and not in the other.
    @Test
    void aMappedVaultIsComparedAndWrittenUnderItsNewId() throws CoreException {
        Desk.put(source, "one", "1");
        var choice = new VaultMerge(Policy.REPLACE, Set.of(), Set.of(), Set.of(), true,
                Map.of(Desk.VAULT, "attic", Desk.CLIENT, "elsewhere"));

        merge(choice);

        assertThat(target.content().clients().getFirst().id())
                .isEqualTo(Bytes24.ofPath(Desk.utf8("elsewhere")).hex());
        assertThat(secrets(target)).containsExactly("1");
        assertThat(target.preview(source, choice).changes()).isFalse();
        assertThat(target.preview(source, choice).count(Effect.SAME)).isEqualTo(1);
    }

    /// 8.3, the fourth: clients that the target lacked were passed over.
    @Test
    void aClientThatTheTargetLacksIsAddedEvenWhenItIsEmpty() throws CoreException {
        source.putValue("new", "k", Desk.utf8("v"), Optional.empty());
        source.removeValue("new", "k");

        merge(Policy.KEEP_OLD);

        assertThat(target.content().clients()).hasSize(1);
    }

    /// 8.3, the last: chosen records were not looked at when the vault was missing.
    @Test
    void onlyTheChosenRecordIsMergedIntoAVaultThatIsMissing() throws CoreException {
        Desk.put(source, "one", "1");
        Desk.put(source, "two", "2");

        VaultMerge.Preview preview = merge(
                new VaultMerge(Policy.REPLACE, Set.of(), Set.of(), Set.of("two"), true, Map.of()));

        assertThat(preview.steps()).hasSize(1);
        assertThat(secrets(target)).containsExactly("2");
    }

    private void differing() throws CoreException {
        Desk.put(target, "both", "target's");
        Desk.put(source, "both", "source's");
    }

    private VaultMerge.Preview merge(Policy policy) throws CoreException {
        return merge(VaultMerge.all(policy));
    }

    private VaultMerge.Preview merge(VaultMerge choice) throws CoreException {
        VaultMerge.Preview preview = target.preview(source, choice);
        target.merge(source, preview);
        return preview;
    }

    private static List<String> secrets(OpenVault vault) throws CoreException {
        var secrets = new ArrayList<String>();
        for (VaultContent.Client client : vault.content().clients()) {
            for (VaultContent.Vault inner : client.vaults()) {
                for (VaultContent.Record record : inner.records()) {
                    secrets.add(new String(vault.secret(RecordPath.of(client.id(), inner.id(), record.id())),
                            StandardCharsets.UTF_8));
                }
            }
        }
        return secrets;
    }
}
