package app.holdfast.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.OpenVault;
import app.holdfast.core.api.VaultContent;
import app.holdfast.core.api.VaultMerge;
import app.holdfast.core.api.VaultMerge.Effect;
import app.holdfast.core.api.VaultMerge.Policy;
import app.holdfast.core.api.VaultMerge.Preview;
import app.holdfast.core.api.Vaults;
import app.holdfast.core.change.cbor.CborWriter;
import app.holdfast.core.vault.GivenVault;
import java.nio.file.Path;
import java.util.HexFormat;
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

/// What becomes of two vaults whose devices exchange records.
final class ExchangeTest {

    @TempDir
    private Path folder;
    private TwoVaults two;

    @BeforeEach
    void twoVaults() throws CoreException {
        two = new TwoVaults(folder, 11);
    }

    @AfterEach
    void close() {
        two.close();
    }

    private void diverge() throws CoreException {
        TwoVaults.put(two.giver, "theirs", "giver's own");
        TwoVaults.put(two.taker, "mine", "taker's own");
        TwoVaults.put(two.giver, "same", "the very same");
        TwoVaults.put(two.taker, "same", "the very same");
        TwoVaults.put(two.giver, "other", "as the giver has it");
        TwoVaults.put(two.taker, "other", "as the taker has it");
        TwoVaults.put(two.giver, "gone", "revoked at the giver");
        two.giver.revoke(TwoVaults.at("gone"));
        two.giver.putValue("wallet", "setting", TwoVaults.utf8("giver's setting"), Optional.empty());
        two.taker.putValue("wallet", "setting", TwoVaults.utf8("taker's"), Optional.empty());
        two.giver.putValue("second", "lone", TwoVaults.utf8("only there"), Optional.empty());
    }

    @ParameterizedTest
    @EnumSource(Policy.class)
    void takingDoesWhatAMergeOnOneDeviceDoes(Policy policy) throws Exception {
        diverge();
        two.taker.save();
        OpenVault copy = two.door.open(folder.resolve("taker.stronghold"), TwoVaults.utf8("t"), Vaults.Opening.usual());
        Preview local = copy.preview(two.giver, VaultMerge.all(policy));
        copy.merge(two.giver, local);

        Preview remote = two.exchange(VaultMerge.all(policy));

        assertThat(remote.steps()).containsExactlyInAnyOrderElementsOf(local.steps());
        assertThat(remote.newClients()).isEqualTo(local.newClients());
        assertThat(TwoVaults.secrets(two.taker)).isEqualTo(TwoVaults.secrets(copy));
        assertThat(two.taker.verify().unreadable()).isEmpty();
        copy.close();
    }

    @ParameterizedTest
    @EnumSource(Policy.class)
    void afterOneExchangeEachWayBothHoldTheUnion(Policy policy) throws Exception {
        diverge();

        two.exchange(two.giver, two.taker, VaultMerge.all(policy));
        two.exchange(two.taker, two.giver, VaultMerge.all(policy));

        Map<String, String> given = TwoVaults.secrets(two.giver);
        Map<String, String> taken = TwoVaults.secrets(two.taker);
        assertThat(taken).containsValue("taker's ownOptional[68696e74206f66206d696e65]Optional[mine]");
        given.values().remove("revoked");
        switch (policy) {
            case KEEP_OLD -> assertThat(given.keySet()).isEqualTo(taken.keySet());
            case REPLACE -> assertThat(given).isEqualTo(taken);
            // each has its own under the old id, and the other's beside it
            case KEEP_BOTH -> assertThat(given.values()).containsExactlyInAnyOrderElementsOf(taken.values())
                    .anyMatch(secret -> secret.startsWith("as the giver")).anyMatch(s -> s.startsWith("as the taker"));
        }
        assertThat(two.exchange(VaultMerge.all(Policy.KEEP_OLD)).changes()).isFalse();
    }

    @Test
    void aDeletionTravelsUnderReplaceOnly() throws Exception {
        TwoVaults.put(two.giver, "old", "1");
        two.exchange(VaultMerge.all(Policy.KEEP_OLD));
        two.giver.revoke(TwoVaults.at("old"));

        assertThat(two.exchange(VaultMerge.all(Policy.KEEP_OLD)).count(Effect.KEPT)).isEqualTo(1);
        assertThat(two.exchange(VaultMerge.all(Policy.KEEP_BOTH)).count(Effect.KEPT)).isEqualTo(1);
        int before = two.said.size();
        assertThat(two.exchange(VaultMerge.all(Policy.REPLACE)).count(Effect.REVOKED)).isEqualTo(1);

        assertThat(TwoVaults.secrets(two.taker)).containsValue("revoked");
        assertThat(two.said).as("an outline is enough for a deletion").hasSize(before + 3);
    }

    @Test
    void onlyWhatWasChosenTravels() throws Exception {
        diverge();
        var choice = new VaultMerge(Policy.REPLACE, Set.of("wallet"), Set.of("keys"), Set.of("theirs"), true, Map.of());

        Preview preview = two.exchange(choice);

        assertThat(preview.steps()).hasSize(1);
        assertThat(TwoVaults.secrets(two.taker)).hasSize(5);
    }

    @Test
    void aChoiceOfWhatIsNotThereIsAMistake() throws Exception {
        TwoVaults.put(two.giver, "one", "1");
        try (var taking = new Taking(two.terms(), two.taker, two.random)) {
            two.offer(taking, two.giver, Set.of());

            assertThatExceptionOfType(CoreException.NotFound.class).isThrownBy(() -> taking.compared().preview(
                    new VaultMerge(Policy.REPLACE, Set.of("nobody"), Set.of(), Set.of(), true, Map.of())));
        }
    }

    @Test
    void theGiverMayOfferSomeOfItsClients() throws Exception {
        diverge();
        try (var taking = new Taking(two.terms(), two.taker, two.random)) {
            two.offer(taking, two.giver, Set.of("second"));

            assertThat(taking.compared().offered()).extracting(VaultContent.Client::store)
                    .singleElement().satisfies(values -> assertThat(values).hasSize(1));
            assertThat(taking.compared().preview(VaultMerge.all(Policy.REPLACE)).steps()).hasSize(1);
        }
        assertThatExceptionOfType(CoreException.NotFound.class).isThrownBy(() -> two.offer(
                new Taking(two.terms(), two.taker, two.random), two.giver, Set.of("nobody")));
    }

    @Test
    void whatIsOfferedIsListedByItsNames() throws Exception {
        TwoVaults.put(two.giver, "one", "1");
        try (var taking = new Taking(two.terms(), two.taker, two.random)) {
            two.offer(taking, two.giver, Set.of());

            assertThat(taking.compared().offered()).singleElement().satisfies(client -> {
                assertThat(client.name()).hasValue("wallet");
                VaultContent.Record record = client.vaults().getFirst().records().getFirst();
                assertThat(record.name()).hasValue("one");
                assertThat(record.size()).isEqualTo(1);
            });
        }
    }

    @Test
    void aPreviewChangesNothingAndAChangeMakesItStale() throws Exception {
        diverge();
        Map<String, String> before = TwoVaults.secrets(two.taker);
        try (var taking = new Taking(two.terms(), two.taker, two.random)) {
            Giving giving = two.offer(taking, two.giver, Set.of());
            Preview preview = taking.compared().preview(VaultMerge.all(Policy.REPLACE));
            assertThat(TwoVaults.secrets(two.taker)).isEqualTo(before);

            two.deliver(giving, taking, preview, Integer.MAX_VALUE);
            TwoVaults.put(two.taker, "new", "meanwhile");

            assertThatExceptionOfType(CoreException.Refused.class).isThrownBy(taking::merge);
            assertThat(TwoVaults.secrets(two.taker)).hasSize(before.size() + 1);
        }
    }

    @Test
    void aBrokenDeliveryGoesOnWhereItEnded() throws Exception {
        two.putLarge(two.giver, "large", 5 * Packing.PART);
        try (var taking = new Taking(two.terms(), two.taker, two.random)) {
            Giving giving = two.offer(taking, two.giver, Set.of());
            Preview preview = taking.compared().preview(VaultMerge.all(Policy.KEEP_OLD));

            assertThat(two.deliver(giving, taking, preview, 2)).isEqualTo(2);
            assertThat(taking.received()).isEqualTo(2L * Packing.PART);
            assertThat(two.deliver(giving, taking, preview, 0)).isZero();
            assertThat(two.deliver(giving, taking, preview, Integer.MAX_VALUE)).isEqualTo(4);
            assertThat(two.deliver(giving, taking, preview, Integer.MAX_VALUE)).isZero();
            taking.merge();
        }

        assertThat(two.taker.secret(TwoVaults.at("large"))).isEqualTo(two.giver.secret(TwoVaults.at("large")));
    }

    @Test
    void aLockedVaultGivesNothing() throws Exception {
        diverge();
        try (var taking = new Taking(two.terms(), two.taker, two.random)) {
            Giving giving = two.offer(taking, two.giver, Set.of());
            Preview preview = taking.compared().preview(VaultMerge.all(Policy.REPLACE));
            two.giver.close();

            assertThatExceptionOfType(CoreException.VaultLocked.class)
                    .isThrownBy(() -> two.deliver(giving, taking, preview, Integer.MAX_VALUE));
        }
    }

    @Test
    void aVaultThatChangedSinceItsOfferGivesNothing() throws Exception {
        diverge();
        try (var taking = new Taking(two.terms(), two.taker, two.random)) {
            Giving giving = two.offer(taking, two.giver, Set.of());
            Preview preview = taking.compared().preview(VaultMerge.all(Policy.REPLACE));
            TwoVaults.put(two.giver, "theirs", "written anew");

            assertThatExceptionOfType(CoreException.VaultNotGiven.class)
                    .isThrownBy(() -> two.deliver(giving, taking, preview, Integer.MAX_VALUE))
                    .matches(e -> e.reason() == CoreException.VaultNotGiven.Reason.CHANGED);
        }
    }

    @Test
    void emptyVaultsHaveNothingToGive() throws Exception {
        Preview preview = two.exchange(VaultMerge.all(Policy.REPLACE));

        assertThat(preview.steps()).isEqualTo(List.of());
        assertThat(preview.changes()).isFalse();
    }

    @Test
    void moreThanADeliveryHoldsIsRefusedBeforeAnythingTravelsAndTakenInPieces() throws Exception {
        int half = 17 << 20;
        two.putLarge(two.giver, "one", half);
        two.putLarge(two.giver, "two", half);
        try (var taking = new Taking(two.terms(), two.taker, two.random)) {
            two.offer(taking, two.giver, Set.of());
            Preview all = taking.compared().preview(VaultMerge.all(Policy.REPLACE));

            assertThatExceptionOfType(CoreException.Refused.class).isThrownBy(() -> taking.take(all))
                    .withMessageContaining("34 MiB").withMessageContaining("32 MiB").withMessageContaining("choose");
        }
        for (String record : List.of("one", "two")) {
            two.exchange(new VaultMerge(Policy.REPLACE, Set.of(), Set.of(), Set.of(record), true, Map.of()));
        }
        assertThat(two.taker.secret(TwoVaults.at("two"))).hasSize(half);
    }

    @Test
    void aWishForMoreThanADeliveryHoldsIsNotSealed() throws Exception {
        two.putLarge(two.giver, "one", 17 << 20);
        two.putLarge(two.giver, "two", 17 << 20);
        GivenVault given = GivenVault.of(two.giver, Set.of());
        given.outline(new byte[32]);
        var wish = new CborWriter().array(2).array(2);
        for (VaultContent.Client client : two.giver.content().clients()) {
            for (VaultContent.Vault vault : client.vaults()) {
                vault.records().forEach(record -> wish.bytes(HexFormat.of().parseHex(
                        client.id() + vault.id() + record.id())));
            }
        }

        assertThatExceptionOfType(CoreException.VaultNotGiven.class)
                .isThrownBy(() -> given.parcel(wish.array(0).toBytes(), TwoVaults.WHO))
                .matches(e -> e.reason() == CoreException.VaultNotGiven.Reason.TOO_LARGE);
    }
}
