package app.holdfast.core.vault.key;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.bouncycastle.crypto.params.KeyParameter;

/// How an application makes 32 bytes of a password (in UTF-8).
public enum KeyDerivation {

    /// iota-sdk and all that is written now. scrypt follows it in version 3.
    BLAKE2B("blake2b", 0),
    /// wallet.rs, iota.rs, Firefly: all wallets of version 2.
    PBKDF2_WALLET("pbkdf2-wallet", 0),
    /// identity.rs 0.4 to 0.6.
    PBKDF2_IDENTITY("pbkdf2-identity", 0),
    /// rust-argon2 1 with a salt of the application's: `with_passphrase_hashed_argon2`, early Tauri plugins.
    ARGON2I("argon2i", 4_096),
    /// The Tauri plugin with rust-argon2 2.1, and a salt file beside its data.
    ARGON2ID("argon2id", 19_456),
    /// The same with rust-argon2 2.0: two GiB.
    ARGON2ID_LARGE("argon2id-large", 2_097_152),
    /// The first 32 bytes of the password.
    TRUNCATED("truncated", 0),
    /// The password is the key: 32 raw bytes.
    RAW("raw", 0);

    public static final int KEY = 32;
    /// What a salt file has in it.
    public static final int SALT = 32;
    private static final int PBKDF2_ROUNDS = 100;

    private final String code;
    private final int kibibytes;

    KeyDerivation(String code, int kibibytes) {
        this.code = code;
        this.kibibytes = kibibytes;
    }

    /// The word for it in commands and documents.
    public String code() {
        return code;
    }

    public static Optional<KeyDerivation> ofCode(String code) {
        return Stream.of(values()).filter(way -> way.code.equals(code)).findFirst();
    }

    /// Bytes of heap that one derivation takes; little where 0.
    public long memoryBytes() {
        return kibibytes * 1024L;
    }

    public boolean needsSalt() {
        return kibibytes > 0;
    }

    /// What to try, the likeliest first. Each one costs a whole scrypt in version 3.
    ///
    /// @param version 2 or 3
    /// @param salted  a salt file is known
    public static List<KeyDerivation> likely(int version, boolean salted) {
        if (version == 2) {
            return salted ? List.of(PBKDF2_WALLET, PBKDF2_IDENTITY, BLAKE2B, TRUNCATED, ARGON2I, ARGON2ID)
                    : List.of(PBKDF2_WALLET, PBKDF2_IDENTITY, BLAKE2B, TRUNCATED);
        }
        return salted ? List.of(BLAKE2B, ARGON2ID, ARGON2I) : List.of(BLAKE2B);
    }

    /// @param salt of any length; empty where none is needed
    /// @return the key, 32 bytes; empty when these words are no key of this kind, or a salt is lacking
    public Optional<byte[]> derive(byte[] password, byte[] salt) {
        if (needsSalt() && salt.length == 0) {
            return Optional.empty();
        }
        return switch (this) {
            case BLAKE2B -> Optional.of(blake2b(password));
            case PBKDF2_WALLET -> Optional.of(pbkdf2(password, "wallet.rs"));
            case PBKDF2_IDENTITY -> Optional.of(pbkdf2(password, "identity.rs"));
            case ARGON2I -> Optional.of(argon2(password, salt, Argon2Parameters.ARGON2_i, 3));
            case ARGON2ID -> Optional.of(argon2(password, salt, Argon2Parameters.ARGON2_id, 2));
            case ARGON2ID_LARGE -> Optional.of(argon2(password, salt, Argon2Parameters.ARGON2_id, 1));
            case TRUNCATED -> Optional.of(Arrays.copyOf(password, KEY));
            case RAW -> password.length == KEY ? Optional.of(password.clone()) : Optional.empty();
        };
    }

    private static byte[] blake2b(byte[] password) {
        var digest = new Blake2bDigest(KEY * Byte.SIZE);
        digest.update(password, 0, password.length);
        byte[] key = new byte[KEY];
        digest.doFinal(key, 0);
        return key;
    }

    private static byte[] pbkdf2(byte[] password, String salt) {
        var generator = new PKCS5S2ParametersGenerator(new SHA512Digest());
        generator.init(password, salt.getBytes(StandardCharsets.US_ASCII), PBKDF2_ROUNDS);
        return ((KeyParameter) generator.generateDerivedMacParameters(KEY * Byte.SIZE)).getKey();
    }

    private byte[] argon2(byte[] password, byte[] salt, int type, int passes) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(type).withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(kibibytes).withIterations(passes).withParallelism(1).withSalt(salt).build());
        byte[] key = new byte[KEY];
        generator.generateBytes(password, key);
        return key;
    }
}
