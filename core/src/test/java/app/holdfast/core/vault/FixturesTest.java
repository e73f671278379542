package app.holdfast.core.vault;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.vault.age.AgeFile;
import app.holdfast.core.vault.age.MalformedAge;
import app.holdfast.core.vault.key.KeyDerivation;
import app.holdfast.core.vault.stronghold.Bytes24;
import app.holdfast.core.vault.stronghold.Client;
import app.holdfast.core.vault.stronghold.Lz4Block;
import app.holdfast.core.vault.stronghold.Moment;
import app.holdfast.core.vault.stronghold.PayloadReader;
import app.holdfast.core.vault.stronghold.PayloadWriter;
import app.holdfast.core.vault.stronghold.SealedContent;
import app.holdfast.core.vault.stronghold.SealedRecord;
import app.holdfast.core.vault.stronghold.SecretMemory;
import app.holdfast.core.vault.stronghold.Snapshot;
import app.holdfast.core.vault.stronghold.StoreKey;
import app.holdfast.core.vault.stronghold.StoreValue;
import app.holdfast.core.vault.stronghold.Vault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/// Every snapshot that other programs wrote, down to each record, and back to the same bytes.
@Execution(ExecutionMode.CONCURRENT)
final class FixturesTest {

    private static final int HEAD = 7;
    private static final byte[] NONE = {};
    private static final Map<String, byte[]> FILE_KEYS = new ConcurrentHashMap<>();

    @Test
    void everySnapshotHoldsWhatItsMakerPutIn() throws Exception {
        int files = 0;
        for (JsonNode expected : Fixtures.json("expected.json")) {
            try (var memory = new SecretMemory()) {
                Path file = Fixtures.file(expected.path("file").asString());
                byte[] bytes = Files.readAllBytes(file);
                assertThat(Fixtures.sha256(bytes)).isEqualTo(expected.path("sha256").asString());
                byte[] key = key(expected);
                assertThat(HexFormat.of().formatHex(key)).isEqualTo(expected.path("key").asString());

                byte[] content = Arrays.copyOfRange(bytes, HEAD, bytes.length);
                byte[] block = expected.path("version").asInt() == 2
                        ? SealedContent.open(key, NONE, content).orElseThrow()
                        : AgeFile.payload(content, fileKey(content, key));
                Snapshot snapshot = PayloadReader.read(Lz4Block.decompress(block), memory);

                assertThat(snapshot.clients()).hasSize(expected.path("clients").size());
                for (JsonNode client : expected.path("clients")) {
                    compare(snapshot.clients().get(Bytes24.ofHex(client.path("client_id").asString())), client);
                }
                files++;
            }
        }
        assertThat(files).isGreaterThanOrEqualTo(12);
    }

    @Test
    void whatWasReadIsWrittenAsTheSameBytes() throws Exception {
        for (JsonNode expected : Fixtures.json("expected.json")) {
            try (var memory = new SecretMemory()) {
                byte[] bytes = Files.readAllBytes(Fixtures.file(expected.path("file").asString()));
                byte[] content = Arrays.copyOfRange(bytes, HEAD, bytes.length);
                byte[] key = key(expected);
                boolean isOld = expected.path("version").asInt() == 2;
                byte[] fileKey = isOld ? NONE : fileKey(content, key);
                byte[] block = isOld ? SealedContent.open(key, NONE, content).orElseThrow()
                        : AgeFile.payload(content, fileKey);
                assertThat(Fixtures.sha256(block)).isEqualTo(expected.path("compressed_sha256").asString());

                byte[] payload = Lz4Block.decompress(block);
                byte[] again = PayloadWriter.write(PayloadReader.read(payload, memory));
                byte[] blockAgain = Lz4Block.compress(again);

                assertThat(payload).hasSize(expected.path("payload_len").asInt());
                assertThat(Fixtures.sha256(payload)).isEqualTo(expected.path("payload_sha256").asString());
                assertThat(again).isEqualTo(payload);
                assertThat(blockAgain).isEqualTo(block);
                if (!isOld) {
                    assertThat(rewritten(content, key, fileKey, blockAgain)).isEqualTo(content);
                }
            }
        }
    }

    /// Seconds each, so each is derived once.
    private static byte[] fileKey(byte[] content, byte[] key) {
        return FILE_KEYS.computeIfAbsent(Fixtures.sha256(content), _ -> {
            try {
                return AgeFile.fileKey(content, key).orElseThrow();
            } catch (MalformedAge e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /// With the salt, file key and nonce of the file, nothing is left to chance.
    private static byte[] rewritten(byte[] content, byte[] key, byte[] fileKey, byte[] block) throws Exception {
        byte[] header = AgeFile.headerOf(content);
        byte[] salt = Base64.getDecoder().decode(Arrays.copyOfRange(header, 32, 54));
        byte[] own = AgeFile.header(key, salt, AgeFile.workFactor(content), fileKey);
        assertThat(own).isEqualTo(header);
        byte[] nonce = Arrays.copyOfRange(content, header.length, header.length + AgeFile.NONCE);
        return AgeFile.write(own, fileKey, nonce, block);
    }

    private static void compare(Client client, JsonNode expected) {
        assertThat(client).isNotNull();
        assertThat(client.keys().keySet().stream().map(Bytes24::hex)).containsExactlyInAnyOrderElementsOf(
                expected.path("keystore_vault_ids").valueStream().map(JsonNode::asString).toList());
        assertThat(client.vaults()).hasSize(expected.path("vaults").size());
        for (JsonNode vault : expected.path("vaults")) {
            Vault found = client.vaults().get(Bytes24.ofHex(vault.path("vault_id").asString()));
            String vaultKey = found.key().read(bytes -> HexFormat.of().formatHex(bytes));
            assertThat(vaultKey).isEqualTo(vault.path("vault_key").asString());
            assertThat(found.records()).hasSize(vault.path("records").size());
            vault.path("records").forEach(record -> compare(found, record));
        }
        assertThat(client.store().values()).hasSize(expected.path("store").size());
        for (JsonNode value : expected.path("store")) {
            StoreValue found = client.store().values().get(new StoreKey(Fixtures.hex(value.path("key"))));
            assertThat(found.value().size()).isEqualTo(value.path("len").asInt());
            assertThat(found.value().<String, RuntimeException>read(Fixtures::sha256))
                    .isEqualTo(value.path("value_sha256").asString());
            JsonNode expires = value.path("expires");
            assertThat(found.expires()).isEqualTo(expires.isNull() ? Optional.empty()
                    : Optional.of(new Moment(expires.get(0).asLong(), expires.get(1).asInt())));
        }
        JsonNode created = expected.path("store_created");
        assertThat(client.store().created()).isEqualTo(new Moment(created.get(0).asLong(), created.get(1).asInt()));
    }

    private static void compare(Vault vault, JsonNode expected) {
        Bytes24 id = Bytes24.ofHex(expected.path("record_id").asString());
        SealedRecord sealed = vault.records().get(id);
        SealedRecord.Facts facts = sealed.facts(vault.key(), id).orElseThrow();
        assertThat(facts.blob().hex()).isEqualTo(expected.path("blob_id").asString());
        assertThat(facts.hint().hex()).isEqualTo(expected.path("hint").asString());
        assertThat(facts.length()).isEqualTo(expected.path("len").asLong());
        assertThat(sealed.isRevoked()).isEqualTo(expected.path("revoked").asBoolean());
        assertThat(sealed.hasGoodRevocation(vault.key(), id)).isTrue();
        assertThat(sealed.<String, RuntimeException>open(vault.key(), facts, Fixtures::sha256))
                .contains(expected.path("plaintext_sha256").asString());
    }

    @Test
    void idsAreTheHashesThatOthersMake() throws Exception {
        JsonNode ids = Fixtures.json("ids.json");

        ids.path("client").properties().forEach(one -> assertThat(Bytes24.ofPath(utf8(one.getKey())).hex())
                .isEqualTo(one.getValue().asString()));
        ids.path("vault").properties().forEach(one -> assertThat(Bytes24.ofPath(utf8(one.getKey())).hex())
                .isEqualTo(one.getValue().asString()));
        ids.path("record").forEach(one -> assertThat(Bytes24.ofRecord(utf8(one.path("vault").asString()),
                utf8(one.path("record").asString())).hex()).isEqualTo(one.path("id").asString()));
        ids.path("record_counter").forEach(one -> assertThat(Bytes24.ofCounter(utf8(one.path("vault").asString()),
                one.path("counter").asLong()).hex()).isEqualTo(one.path("id").asString()));
    }

    @Test
    void theEnginesOwnUnitVectorsOpen() throws Exception {
        JsonNode vectors = Fixtures.json("engine-unit/content_vectors.json");
        for (JsonNode vector : vectors.path("v2")) {
            byte[] snapshot = Fixtures.hex(vector.path("snapshot"));

            Optional<byte[]> data = SealedContent.open(Fixtures.hex(vector.path("key")),
                    Fixtures.hex(vector.path("ad")), Arrays.copyOfRange(snapshot, HEAD, snapshot.length));

            assertThat(data).contains(Fixtures.hex(vector.path("data")));
        }
        for (JsonNode vector : vectors.path("v3")) {
            byte[] snapshot = Fixtures.hex(vector.path("snapshot"));
            byte[] content = Arrays.copyOfRange(snapshot, HEAD, snapshot.length);
            byte[] key = Fixtures.hex(vector.path("key"));
            byte[] fileKey = AgeFile.fileKey(content, key).orElseThrow();

            assertThat(AgeFile.payload(content, fileKey)).isEqualTo(Fixtures.hex(vector.path("data")));
            assertThat(rewritten(content, key, fileKey, Fixtures.hex(vector.path("data")))).isEqualTo(content);
        }
    }

    @Test
    void whatIsSentToAnotherDeviceOpensInBothForms() throws Exception {
        JsonNode example = Fixtures.json("remote_export_selfmade.json");
        byte[] shared = Fixtures.hex(example.path("shared"));
        byte[] newer = Fixtures.hex(example.path("blob_v3_era"));

        byte[] old = SealedContent.open(shared, NONE, Fixtures.hex(example.path("blob_v2_era"))).orElseThrow();
        byte[] fresh = AgeFile.payload(newer, AgeFile.fileKey(newer, shared).orElseThrow());

        assertThat(old).isEqualTo(Fixtures.hex(example.path("compressed"))).isEqualTo(fresh);
        assertThat(Lz4Block.decompress(old)).isEqualTo(Fixtures.hex(example.path("payload")));
        assertThat(Lz4Block.compress(Fixtures.hex(example.path("payload")))).isEqualTo(old);
    }

    private static byte[] key(JsonNode expected) {
        String way = expected.path("kdf").asString();
        KeyDerivation derivation = way.startsWith("blake2b") ? KeyDerivation.BLAKE2B
                : way.contains("identity.rs") ? KeyDerivation.PBKDF2_IDENTITY : KeyDerivation.PBKDF2_WALLET;
        return derivation.derive(utf8(expected.path("password").asString()), NONE).orElseThrow();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
