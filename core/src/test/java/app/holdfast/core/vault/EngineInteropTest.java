package app.holdfast.core.vault;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.OpenVault;
import app.holdfast.core.api.VaultMerge;
import app.holdfast.core.api.VaultMerge.Effect;
import app.holdfast.core.api.VaultMerge.Policy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Files that the real engine of Stronghold writes, ours and its, back and forth.
@Tag("interop")
final class EngineInteropTest {

    private static final byte[] MESSAGE = "holdfast".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path folder;
    private final Desk desk = new Desk(8);

    @Test
    void theEngineFindsAndUsesWhatWeMerged() throws Exception {
        Path file = folder.resolve("a.stronghold");
        Path other = folder.resolve("b.stronghold");
        JsonNode own = engine("create", file.toString(), "pässwort");
        JsonNode foreign = engine("create", other.toString(), "second");

        try (OpenVault target = desk.open(file, "pässwort"); OpenVault source = desk.open(other, "second")) {
            VaultMerge.Preview preview = target.preview(source, VaultMerge.all(Policy.KEEP_OLD));
            assertThat(preview.count(Effect.ADDED)).isPositive();
            target.merge(source, preview);
            target.save();
        }

        assertThat(engine("list", file.toString(), "pässwort").path("dids").valueStream().map(JsonNode::asString))
                .contains(own.path("did").asString());
        for (JsonNode identity : List.of(own, foreign)) {
            JsonNode used = engine("use", file.toString(), "pässwort", identity.path("did").asString(),
                    identity.path("location").toString());
            assertThat(used.path("publicKey").asString()).isEqualTo(identity.path("publicKey").asString());
            byte[] signature = Fixtures.hex(used.path("signature"));
            byte[] key = HexFormat.of().parseHex(identity.path("publicKey").asString());
            assertThat(Ed25519.verify(signature, 0, key, 0, MESSAGE, 0, MESSAGE.length)).isTrue();
        }
        try (OpenVault again = desk.open(file, "pässwort")) {
            assertThat(again.content().derivation()).isEqualTo("pbkdf2-identity");
            assertThat(again.verify().unreadable()).isEmpty();
            assertThat(again.verify().records()).isEqualTo(4);
        }
    }

    private static JsonNode engine(String... arguments) throws Exception {
        Path home = Path.of("..", "interop").toAbsolutePath().normalize();
        if (!Files.isDirectory(home.resolve("node_modules"))) {
            throw new IllegalStateException("run `npm install` in " + home + " first");
        }
        var command = new ArrayList<>(List.of("node", "--no-deprecation", "stronghold-engine.cjs"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).directory(home.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        JsonNode said = JsonMapper.shared().readTree(process.getInputStream().readAllBytes());
        assertThat(said.path("error").asString("")).isEmpty();
        assertThat(process.waitFor()).isZero();
        return said;
    }
}
