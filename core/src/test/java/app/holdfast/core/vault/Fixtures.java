package app.holdfast.core.vault;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Snapshots that other programs wrote. They are not ours to carry, so they lie beside the repository, or tests that
/// need them are skipped.
public final class Fixtures {

    private static final Path FOLDER = Path.of("..", "..", "shared", "fixtures", "stronghold");

    private Fixtures() {
    }

    public static Path folder() {
        assumeTrue(Files.isDirectory(FOLDER), "fixtures lie beside the repository");
        return FOLDER;
    }

    public static Path file(String name) {
        return folder().resolve(name);
    }

    public static JsonNode json(String name) throws IOException {
        return JsonMapper.shared().readTree(Files.readAllBytes(file(name)));
    }

    public static byte[] hex(JsonNode text) {
        return HexFormat.of().parseHex(text.asString());
    }

    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
